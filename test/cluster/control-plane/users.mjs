import { randomBytes } from 'node:crypto';

/** The namespace in which `editor` may edit. */
export const TEAM_NAMESPACE = 'team-a';

/**
 * Who may use the cluster. `binding` names a built-in ClusterRole, bound in one namespace or in
 * the whole cluster; a user that the server does not know gets 401.
 * @type {Readonly<Record<string, {groups?: string[], known?: false,
 *   binding?: {role: string, namespace?: string}}>>}
 */
export const USERS = {
  admin: { groups: ['system:masters'] },
  viewer: { binding: { role: 'view' } },
  editor: { binding: { role: 'edit', namespace: TEAM_NAMESPACE } },
  nobody: {},
  expired: { known: false },
};

/**
 * @param {readonly string[]} names of USERS
 * @returns {Record<string, string>} a new token for each
 */
export function makeTokens(names) {
  return Object.fromEntries(names.map((name) => [name, randomBytes(24).toString('hex')]));
}

/**
 * The file for the apiserver's --token-auth-file: token, name, uid and groups of each user.
 * @param {Record<string, string>} tokens
 */
export function formatTokenFile(tokens) {
  return Object.entries(tokens)
    .filter(([name]) => USERS[name]?.known !== false)
    .map(([name, token]) => `${token},${name},${name},"${(USERS[name]?.groups ?? []).join(',')}"\n`)
    .join('');
}

/**
 * The objects that give the users their rights.
 * @param {readonly string[]} names
 * @returns {{path: string, manifest: object}[]}
 */
export function makeBindings(names) {
  return names.flatMap((name) => {
    const binding = USERS[name]?.binding;
    if (!binding) return [];
    const kind = binding.namespace ? 'RoleBinding' : 'ClusterRoleBinding';
    const scope = binding.namespace ? `namespaces/${binding.namespace}/` : '';
    const object = `test-${name}`;
    return [
      {
        path: `/apis/rbac.authorization.k8s.io/v1/${scope}${kind.toLowerCase()}s/${object}`,
        manifest: {
          apiVersion: 'rbac.authorization.k8s.io/v1',
          kind,
          metadata: { name: object },
          roleRef: {
            apiGroup: 'rbac.authorization.k8s.io',
            kind: 'ClusterRole',
            name: binding.role,
          },
          subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name }],
        },
      },
    ];
  });
}
