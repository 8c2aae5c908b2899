{{/* How to see that the mesh has the pods, and what it changes for those who call XERV. */}}
{{- define "xerv.notes.mesh" -}}
{{- $provider := include "xerv.mesh.provider" . -}}
{{- if $provider }}

Service mesh {{ $provider }}.
{{- if include "xerv.mesh.isInjected" . }} Each pod must have {{ $provider | eq "istio" | ternary "istio-proxy" "linkerd-proxy" }}, as a container or (native sidecar) an init container:
  kubectl -n {{ .Release.Namespace }} get pods -l app.kubernetes.io/instance={{ .Release.Name }} -o jsonpath='{range .items[*]}{.metadata.name}: {.spec.initContainers[*].name} {.spec.containers[*].name}{"\n"}{end}'
Behind the proxy all clients of a pod have one address, and XERV answers more than 20 requests a second from one with 429.
{{- end }}
{{- include (printf "xerv.notes.%s" $provider) . }}
{{- end }}
{{- end -}}

{{- define "xerv.notes.istio" -}}
{{- $istio := .Values.serviceMesh.istio | default dict -}}
{{- $peers := $istio.peerAuthentication | default dict -}}
{{- $virtual := $istio.virtualService | default dict -}}
{{- if ($istio.ambient).enabled }}
Ambient: DestinationRule and VirtualService count only with a waypoint (label istio.io/use-waypoint in service.labels).
{{- end }}
{{- if and $peers.enabled (eq ($peers.mtls | default "STRICT") "STRICT") }}
STRICT: callers outside of the mesh are refused{{ if include "xerv.isOutside" . }}, those of the {{ .Values.service.type }} Service too{{ end }}.
{{- end }}
{{- if and $virtual.enabled (include "xerv.istio.gateways" . | fromYamlArray) (not $virtual.hosts) }}
WARNING: serviceMesh.istio.virtualService.gateways is set, but hosts is empty: the gateways know XERV by its name in the cluster only.
{{- end }}
{{- end -}}

{{- define "xerv.notes.linkerd" -}}
{{- $split := (.Values.serviceMesh.linkerd).trafficSplit | default dict -}}
{{- if and $split.enabled (include "xerv.isRaft" .) }}
WARNING: serviceMesh.linkerd.trafficSplit is not followed: the members of raft are fixed, and a canary would be none of them.
{{- else if $split.enabled }}
{{- $all := add (include "xerv.linkerd.stableWeight" .) (include "xerv.linkerd.canaryWeight" .) }}
Canary {{ include "xerv.canaryName" . }}: {{ include "xerv.linkerd.canaryWeight" . }} of {{ $all }} requests of callers in the mesh.
{{- if not $all }}
WARNING: both weights are 0, so every request fails.
{{- end }}
{{- end }}
{{- end -}}
