{{/* How to see that the mesh has the pods, and what it changes for those who call XERV. */}}
{{- define "xerv.notes.mesh" -}}
{{- $provider := include "xerv.mesh.provider" . -}}
{{- if $provider }}

Service mesh {{ $provider }}.
{{- if include "xerv.mesh.isInjected" . }} Each pod must have {{ $provider | eq "istio" | ternary "istio-proxy" "linkerd-proxy" }}, as a container or (native sidecar) an init container:
  kubectl -n {{ .Release.Namespace }} get pods -l app.kubernetes.io/instance={{ .Release.Name }} -o jsonpath='{range .items[*]}{.metadata.name}: {.spec.initContainers[*].name} {.spec.containers[*].name}{"\n"}{end}'
Behind the proxy all clients of a pod share one address, and XERV answers more than 20 requests per second from one with 429.
{{- end }}
{{- include (printf "xerv.notes.%s" $provider) . }}
{{- end }}
{{- end -}}

{{- define "xerv.notes.istio" -}}
{{- $istio := .Values.serviceMesh.istio | default dict -}}
{{- $peers := $istio.peerAuthentication | default dict -}}
{{- if ($istio.ambient).enabled }}
Ambient: DestinationRule and VirtualService apply only with a waypoint (label istio.io/use-waypoint in service.labels).
{{- end }}
{{- if and $peers.enabled (eq ($peers.mtls | default "STRICT") "STRICT") }}
STRICT: callers outside the mesh are refused{{ with include "xerv.notes.ways" . }}, those of {{ . }} too unless they come through a mesh gateway{{ end }}.
{{- end }}
{{- end -}}

{{- define "xerv.notes.linkerd" -}}
{{- $split := (.Values.serviceMesh.linkerd).trafficSplit | default dict -}}
{{- if and $split.enabled (not (include "xerv.isRaft" .)) }}
{{- $all := add (include "xerv.linkerd.stableWeight" .) (include "xerv.linkerd.canaryWeight" .) }}
Canary {{ include "xerv.canaryName" . }}: {{ include "xerv.linkerd.canaryWeight" . }} of {{ $all }} requests of callers in the mesh.
{{- end }}
{{- end -}}

{{- define "xerv.notes.warnings.mesh" -}}
{{- $virtual := ((.Values.serviceMesh).istio).virtualService | default dict -}}
{{- if and (eq (include "xerv.mesh.provider" .) "istio") $virtual.enabled }}
{{- if and (include "xerv.istio.gateways" . | fromYamlArray) (not $virtual.hosts) }}
serviceMesh.istio.virtualService.gateways is set, but hosts is empty: the gateways know XERV only by its in-cluster name.
{{- end }}
{{- end }}
{{- $split := ((.Values.serviceMesh).linkerd).trafficSplit | default dict -}}
{{- if and (eq (include "xerv.mesh.provider" .) "linkerd") $split.enabled }}
{{- if include "xerv.isRaft" . }}
serviceMesh.linkerd.trafficSplit is ignored: raft members are fixed, and a canary would not be one of them.
{{- else if not (add (include "xerv.linkerd.stableWeight" .) (include "xerv.linkerd.canaryWeight" .)) }}
both weights of serviceMesh.linkerd.trafficSplit.canary are 0, so every request fails.
{{- end }}
{{- end }}
{{- end -}}
