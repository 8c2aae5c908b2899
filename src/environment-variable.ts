/** What the names of all our variables begin with. */
export const variablePrefix = 'XERV_DEPLOY_';

/** Variables that name a program by its path instead of the PATH; all others are flags. */
export const programVariables = {
  helm: `${variablePrefix}HELM`,
  kubectl: `${variablePrefix}KUBECTL`,
} as const;

/**
 * The environment variable that gives a flag its value.
 * @param flag its name, without the dashes
 */
export function environmentVariable({ name }: { readonly name: string }): string {
  return variablePrefix + name.toUpperCase().replaceAll('-', '_');
}
