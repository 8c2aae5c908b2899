{{/* One rule, (list $ host): a host is a name, or a map with host and paths. */}}
{{- define "xerv.ingressRule" -}}
{{- $root := index . 0 -}}
{{- $given := index . 1 -}}
{{- $rule := kindIs "string" $given | ternary (dict "host" $given) $given -}}
- http:
    paths:
      {{- range $rule.paths | default (list dict) }}
      {{- include "xerv.ingressPath" (list $root .) | nindent 6 }}
      {{- end }}
  {{- with $rule.host }}
  host: {{ . | quote }}
  {{- end }}
{{- end -}}

{{/* One path, (list $ path): a text, or a map with path, pathType and port (number or name). */}}
{{- define "xerv.ingressPath" -}}
{{- $root := index . 0 -}}
{{- $given := index . 1 -}}
{{- $path := kindIs "string" $given | ternary (dict "path" $given) $given -}}
{{- $port := $path.port | default (include "xerv.apiPort" $root | int) -}}
{{- $isName := and (kindIs "string" $port) (not (regexMatch "^[0-9]+$" $port)) -}}
- path: {{ $path.path | default $root.Values.ingress.path | default "/" | quote }}
  pathType: {{ $path.pathType | default $root.Values.ingress.pathType | default "Prefix" }}
  backend:
    service:
      name: {{ include "xerv.fullname" $root | quote }}
      port:
        {{- if $isName }}
        name: {{ $port | quote }}
        {{- else }}
        number: {{ int64 $port }}
        {{- end }}
{{- end -}}
