{{/* The most exact match of all rules counts, whatever their order. */}}
{{- define "xerv.httpRoute.rules" -}}
{{- $route := .Values.httpRoute -}}
{{- $backend := list (dict "name" (include "xerv.fullname" .) "port" (include "xerv.apiPort" . | int)) -}}
{{- $api := dict "backendRefs" $backend -}}
{{- range $key := list "matches" "filters" -}}
{{- with get $route $key }}{{ $_ := set $api $key . }}{{ end -}}
{{- end -}}
{{- $timeouts := dict -}}
{{- range $key, $time := $route.timeouts -}}
{{- with $time }}{{ $_ := set $timeouts $key . }}{{ end -}}
{{- end -}}
{{- with $timeouts }}{{ $_ := set $api "timeouts" . }}{{ end -}}
{{- $rules := list $api -}}
{{- if ne (toString $route.hideMetrics) "false" -}}
{{- /* No backend: Gateways answer with 500. */ -}}
{{- $path := dict "type" "PathPrefix" "value" "/api/v1/metrics" -}}
{{- $rules = append $rules (dict "matches" (list (dict "path" $path))) -}}
{{- end -}}
{{- range $route.extraRules -}}
{{- $redirects := false -}}
{{- range .filters }}{{ if eq .type "RequestRedirect" }}{{ $redirects = true }}{{ end }}{{ end -}}
{{- $goesElsewhere := or (hasKey . "backendRefs") $redirects -}}
{{- $rules = append $rules ($goesElsewhere | ternary . (merge (dict "backendRefs" $backend) .)) -}}
{{- end -}}
{{- toYaml $rules -}}
{{- end -}}
