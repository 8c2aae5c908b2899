/** The programs that this package uses. */
export type ProgramName = 'helm' | 'kubectl';

/** How a package manager gets a program, by the manager's own name on the PATH. */
interface InstallHint {
  readonly manager: string;
  readonly platforms: readonly NodeJS.Platform[];
  readonly command: Readonly<Record<ProgramName, string>>;
}

/**
 * The usual package managers, the best one first. Sources: https://helm.sh/docs/intro/install/ and
 * https://kubernetes.io/docs/tasks/tools/. Debian's and Fedora's own repositories have neither.
 */
export const installHints: readonly InstallHint[] = [
  {
    manager: 'brew',
    platforms: ['darwin', 'linux'],
    command: { helm: 'brew install helm', kubectl: 'brew install kubectl' },
  },
  {
    manager: 'winget',
    platforms: ['win32'],
    command: {
      helm: 'winget install Helm.Helm',
      kubectl: 'winget install -e --id Kubernetes.kubectl',
    },
  },
  {
    manager: 'choco',
    platforms: ['win32'],
    command: { helm: 'choco install kubernetes-helm', kubectl: 'choco install kubernetes-cli' },
  },
  {
    manager: 'scoop',
    platforms: ['win32'],
    command: { helm: 'scoop install helm', kubectl: 'scoop install kubectl' },
  },
  {
    manager: 'snap',
    platforms: ['linux'],
    command: {
      helm: 'sudo snap install helm --classic',
      kubectl: 'sudo snap install kubectl --classic',
    },
  },
];
