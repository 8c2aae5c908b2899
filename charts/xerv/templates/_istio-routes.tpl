{{/*
HTTP routes of the VirtualService. The first that matches counts: metrics are hidden from the
gateways; logs and streams of traces (server-sent events) are not cut; reads may be tried again; everything else only where the
server cannot have seen it.
*/}}
{{- define "xerv.istio.routes" -}}
{{- $virtual := .Values.serviceMesh.istio.virtualService -}}
{{- $reads := dict "method" (dict "regex" "GET|HEAD") -}}
{{- $streams := dict "uri" (dict "regex" "/api/v1/(logs(/.*)?|traces/[^/]+/stream)") -}}
{{- $retryOn := ($virtual.retries).retryOn | default "" -}}
{{- if kindIs "slice" $retryOn }}{{ $retryOn = join "," $retryOn }}{{ end -}}
{{- $gateways := include "xerv.istio.gateways" . | fromYamlArray -}}
{{- if $gateways }}
- name: metrics-hidden
  match:
    {{- range $path := list "/metrics" "/api/v1/metrics" (include "xerv.metrics.path" $) | uniq }}
    - uri:
        prefix: {{ $path | quote }}
      gateways:
        {{- toYaml $gateways | nindent 8 }}
    {{- end }}
  directResponse:
    status: 404
{{- end }}
{{ include "xerv.istio.route" (dict "root" . "name" "streams" "match" $streams) }}
{{ include "xerv.istio.route" (dict "root" . "name" "reads" "match" $reads "retryOn" $retryOn "timeout" $virtual.timeout) }}
{{ include "xerv.istio.route" (dict "root" . "name" "writes" "match" dict "retryOn" "connect-failure,refused-stream" "timeout" $virtual.timeout) }}
{{- end -}}

{{/* The gateways besides the mesh itself, as a list. */}}
{{- define "xerv.istio.gateways" -}}
{{- without (.Values.serviceMesh.istio.virtualService.gateways | default list) "mesh" | toYaml -}}
{{- end -}}

{{/* A route to the API: (dict "root" $ "name" … "match" … "retryOn" … "timeout" …). */}}
{{- define "xerv.istio.route" -}}
{{- $root := .root -}}
{{- $gateways := include "xerv.istio.gateways" $root | fromYamlArray -}}
{{- $port := include "xerv.apiPort" $root | int -}}
{{- /* In the mesh the port is that of the Service; at a gateway it would be the gateway's. */ -}}
{{- $matches := list (merge (dict "port" $port) .match) -}}
{{- if $gateways -}}
{{- $mesh := dict "port" $port "gateways" (list "mesh") -}}
{{- $matches = list (merge $mesh .match) (merge (dict "gateways" $gateways) .match) -}}
{{- end -}}
- name: {{ .name }}
  match:
    {{- toYaml $matches | nindent 4 }}
  route:
    - destination:
        host: {{ include "xerv.mesh.host" (list $root (include "xerv.fullname" $root)) | quote }}
        port:
          number: {{ $port }}
  {{- with .timeout }}
  timeout: {{ . }}
  {{- end }}
  retries:
    {{- include "xerv.istio.retries" (list $root .retryOn) | nindent 4 }}
{{- end -}}

{{/* Without this, Istio would try twice by rules of its own. */}}
{{- define "xerv.istio.retries" -}}
{{- $retries := (index . 0).Values.serviceMesh.istio.virtualService.retries | default dict -}}
{{- $attempts := $retries.attempts | default 0 | int -}}
{{- $retryOn := index . 1 -}}
{{- if and $attempts $retryOn -}}
attempts: {{ $attempts }}
retryOn: {{ $retryOn | quote }}
{{- with $retries.perTryTimeout }}
perTryTimeout: {{ . }}
{{- end }}
{{- else -}}
attempts: 0
{{- end -}}
{{- end -}}
