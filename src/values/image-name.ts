/**
 * Names of images as the kubelet takes them; the API server takes anything, and the pod then waits
 * with InvalidImageName. Without look-around, since helm's engine (Go's RE2) reads them too.
 * Source: https://pkg.go.dev/github.com/distribution/reference
 */
const word = '[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*';
const label = '[a-zA-Z0-9]([-a-zA-Z0-9]*[a-zA-Z0-9])?';
const registry = `(${label}(\\.${label})*|\\[[0-9a-fA-F:]+\\])(:[0-9]{1,5})?`;

/** Without tag and digest. */
export const repositoryPattern = `(${registry}/)?${word}(/${word})*`;
export const tagPattern = '[a-zA-Z0-9_][-a-zA-Z0-9_.]{0,127}';
export const digestPattern = '(sha256:[a-f0-9]{64}|sha512:[a-f0-9]{128})';
export const imagePattern = `${repositoryPattern}(:${tagPattern})?(@${digestPattern})?`;

/** Longest name of a repository, with its registry. */
export const longestRepository = 255;

const whole = new RegExp(`^${imagePattern}$`);

/** Whether any registry could have an image of this name, such as `ghcr.io/ml-rust/xerv:0.1.0`. */
export function isImageName(text: string): boolean {
  const repository = text.replace(/@.*$/s, '').replace(/:[^/]*$/, '');
  return repository.length <= longestRepository && whole.test(text);
}
