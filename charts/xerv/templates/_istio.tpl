{{/*
trafficPolicy of the DestinationRule. Istio fails over to another zone only where it finds out
which pods do not work, so with localityLbSetting there is always an outlierDetection.
*/}}
{{- define "xerv.istio.trafficPolicy" -}}
{{- $rule := .Values.serviceMesh.istio.destinationRule -}}
{{- $policy := deepCopy ($rule.trafficPolicy | default dict) -}}
{{- $balancer := $policy.loadBalancer | default dict -}}
{{- if $balancer.consistentHash }}{{ $_ := unset $balancer "simple" }}{{ end -}}
{{- if and ($balancer.localityLbSetting).enabled (not $policy.outlierDetection) -}}
{{- $_ := set $policy "outlierDetection" (include "xerv.istio.outlierDetection" . | fromYaml) -}}
{{- end -}}
{{- with include "xerv.istio.tlsMode" . -}}
{{- $_ := set $policy "tls" (merge ($policy.tls | default dict) (dict "mode" .)) -}}
{{- end -}}
{{- if $policy }}{{ toYaml $policy }}{{ end -}}
{{- end -}}

{{- define "xerv.istio.outlierDetection" -}}
consecutive5xxErrors: 5
interval: 30s
baseEjectionTime: 30s
maxEjectionPercent: 50
{{- end -}}

{{/*
Peers speak gRPC to one pod each: nothing about HTTP or load balancing is for them, and a peer
that fails must be seen by raft itself, not hidden by the mesh.
*/}}
{{- define "xerv.istio.raftTrafficPolicy" -}}
{{- $policy := include "xerv.istio.trafficPolicy" . | fromYaml -}}
{{- $peers := pick $policy "tls" -}}
{{- with ($policy.connectionPool).tcp }}{{ $_ := set $peers "connectionPool" (dict "tcp" .) }}{{ end -}}
{{- if $peers }}{{ toYaml $peers }}{{ end -}}
{{- end -}}

{{/*
TLS mode of callers. Where the chart adds no sidecar, Istio's own knowledge of the pods decides
(auto mTLS): with ISTIO_MUTUAL, pods without a sidecar would answer callers with 503.
*/}}
{{- define "xerv.istio.tlsMode" -}}
{{- $mode := .Values.serviceMesh.istio.destinationRule.tlsMode | default "" -}}
{{- if or (ne $mode "ISTIO_MUTUAL") (include "xerv.mesh.isIstioInjected" .) }}{{ $mode }}{{ end -}}
{{- end -}}

{{/*
Rules of the AuthorizationPolicy. ALLOW lets nobody in whom no rule names: raft peers would not
reach each other.
*/}}
{{- define "xerv.istio.authorizationRules" -}}
{{- $policy := .Values.serviceMesh.istio.authorizationPolicy -}}
{{- $rules := $policy.rules | default list -}}
{{- if and (eq ($policy.action | default "ALLOW") "ALLOW") (include "xerv.isRaft" .) -}}
{{- $here := list (dict "source" (dict "namespaces" (list .Release.Namespace))) -}}
{{- $peers := list (dict "operation" (dict "ports" (list (include "xerv.grpcPort" .)))) -}}
{{- $rules = append $rules (dict "from" $here "to" $peers) -}}
{{- end -}}
{{- if $rules }}{{ toYaml $rules }}{{ end -}}
{{- end -}}

{{/*
Under STRICT nobody without a certificate reads the metrics at XERV's port. The sidecar reads them
for Prometheus and serves them, with its own, at port 15020.
*/}}
{{- define "xerv.istio.podAnnotations" -}}
# A sidecar that is no native one must be ready before XERV looks for its backend.
proxy.istio.io/config: '{"holdApplicationUntilProxyStarts": true}'
{{- with include "xerv.mesh.bypassedPorts" . }}
traffic.sidecar.istio.io/excludeOutboundPorts: {{ . | quote }}
{{- end }}
{{- if include "xerv.metrics.isEnabled" . }}
prometheus.io/scrape: "true"
prometheus.io/port: {{ include "xerv.metrics.containerPort" . | quote }}
prometheus.io/path: {{ include "xerv.metrics.path" . | quote }}
{{- end }}
{{- end -}}
