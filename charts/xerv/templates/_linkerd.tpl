{{- define "xerv.linkerd.podAnnotations" -}}
{{- $injection := .Values.serviceMesh.linkerd.injection -}}
linkerd.io/inject: enabled
{{- with include "xerv.mesh.bypassedPorts" . }}
config.linkerd.io/skip-outbound-ports: {{ . | quote }}
{{- end }}
{{- if $injection.opaquePorts }}
{{- $ports := list }}
{{- range $injection.opaquePorts }}{{ $ports = append $ports (int64 .) }}{{ end }}
config.linkerd.io/opaque-ports: {{ join "," $ports | quote }}
{{- end }}
{{- end -}}

{{/*
Routes of the ServiceProfile. Linkerd knows no method "*": such a route would match nothing, so
it becomes one without a method. Only GET and HEAD may be tried again, so a retryable route for
every method becomes two.
*/}}
{{- define "xerv.linkerd.routes" -}}
{{- $routes := list -}}
{{- range (.Values.serviceMesh.linkerd.serviceProfile).routes -}}
{{- $condition := .condition | default dict -}}
{{- $method := $condition.method | default "*" | upper -}}
{{- $retry := .isRetryable | default false -}}
{{- $plain := merge (dict "isRetryable" false) (omit . "isRetryable") -}}
{{- if has $method (list "GET" "HEAD") -}}
{{- $routes = append $routes (merge (dict "isRetryable" $retry) .) -}}
{{- else if ne $method "*" -}}
{{- $routes = append $routes $plain -}}
{{- else -}}
{{- $every := omit $condition "method" -}}
{{- if $retry -}}
{{- $reads := dict "any" (list (dict "method" "GET") (dict "method" "HEAD")) -}}
{{- $only := dict "all" (list $reads $every) -}}
{{- $routes = append $routes (merge (dict "name" (printf "%s (GET, HEAD)" .name) "condition" $only) (omit . "condition")) -}}
{{- end -}}
{{- $routes = append $routes (merge (dict "condition" $every) (omit $plain "condition")) -}}
{{- end -}}
{{- end -}}
{{- if $routes }}{{ toYaml $routes }}{{ end -}}
{{- end -}}

{{/* Truthy (not empty) where a canary gets a part of the requests. Members of raft are fixed. */}}
{{- define "xerv.linkerd.isSplit" -}}
{{- if and (eq (include "xerv.mesh.provider" .) "linkerd") (not (include "xerv.isRaft" .)) -}}
{{- if ((.Values.serviceMesh.linkerd).trafficSplit).enabled }}true{{ end -}}
{{- end -}}
{{- end -}}

{{/* TrafficSplit where the cluster serves that and not its successor, HTTPRoute. */}}
{{- define "xerv.linkerd.splitKind" -}}
{{- if include "xerv.linkerd.isSplit" . -}}
{{- $kinds := .Capabilities.APIVersions -}}
{{- $isOld := and ($kinds.Has "split.smi-spec.io/v1alpha2") (not ($kinds.Has "gateway.networking.k8s.io/v1")) -}}
{{- $isOld | ternary "TrafficSplit" "HTTPRoute" -}}
{{- end -}}
{{- end -}}

{{- define "xerv.linkerd.stableWeight" -}}
{{- $weight := ((.Values.serviceMesh.linkerd).trafficSplit.canary).stableWeight -}}
{{- kindIs "invalid" $weight | ternary 900 $weight | int64 -}}
{{- end -}}

{{- define "xerv.linkerd.canaryWeight" -}}
{{- $weight := ((.Values.serviceMesh.linkerd).trafficSplit.canary).canaryWeight -}}
{{- kindIs "invalid" $weight | ternary 100 $weight | int64 -}}
{{- end -}}
