/**
 * @typedef {object} Program
 * @property {string} package the Go package of its main function
 * @property {string} build the folder with the go.mod that pins its versions
 * @property {string} module where that package and the files lie
 * @property {string[]} [files] folders and files of the module that come along: its own manifests
 */

/**
 * The add-ons' own programs. Those of `main` share most of what is compiled.
 * @type {Readonly<Record<ProgramName, Program>>}
 */
export const PROGRAMS = {
  'pilot-discovery': {
    package: 'istio.io/istio/pilot/cmd/pilot-discovery',
    build: 'main',
    module: 'istio.io/istio',
    files: ['manifests/charts/base', 'manifests/charts/istio-control/istio-discovery'],
  },
  istioctl: {
    package: 'istio.io/istio/istioctl/cmd/istioctl',
    build: 'main',
    module: 'istio.io/istio',
  },
  'keda-operator': {
    package: 'github.com/kedacore/keda/v2/cmd/operator',
    build: 'main',
    module: 'github.com/kedacore/keda/v2',
    files: ['config/crd/bases', 'config/webhooks/validation_webhooks.yaml'],
  },
  'keda-webhooks': {
    package: 'github.com/kedacore/keda/v2/cmd/webhooks',
    build: 'main',
    module: 'github.com/kedacore/keda/v2',
  },
  'prometheus-operator': {
    package: 'github.com/prometheus-operator/prometheus-operator/cmd/operator',
    build: 'prometheus-operator',
    module: 'github.com/prometheus-operator/prometheus-operator',
    files: ['example/prometheus-operator-crd'],
  },
  'vpa-admission-controller': {
    package: 'k8s.io/autoscaler/vertical-pod-autoscaler/pkg/admission-controller',
    build: 'main',
    module: 'k8s.io/autoscaler/vertical-pod-autoscaler',
    files: ['deploy/vpa-v1-crd-gen.yaml'],
  },
};

/**
 * @typedef {'pilot-discovery' | 'istioctl' | 'keda-operator' | 'keda-webhooks'
 *   | 'prometheus-operator' | 'vpa-admission-controller'} ProgramName
 */
