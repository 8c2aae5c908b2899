/**
 * The environment variable that gives a flag its value.
 * @param flag its name, without the dashes
 */
export function environmentVariable({ name }: { readonly name: string }): string {
  return `XERV_DEPLOY_${name.toUpperCase().replaceAll('-', '_')}`;
}
