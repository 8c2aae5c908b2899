{{/* Truthy (not empty) where there are metrics to collect. */}}
{{- define "xerv.metrics.isEnabled" -}}
{{- if (.Values.metrics).enabled }}true{{ end -}}
{{- end -}}

{{/* Truthy (not empty) where the API itself answers the request for metrics. */}}
{{- define "xerv.metrics.isOnApiPort" -}}
{{- if (.Values.metrics).onApiPort }}true{{ end -}}
{{- end -}}

{{/* Truthy (not empty) where metrics have a Service of their own, since the other one is outside. */}}
{{- define "xerv.metrics.isApart" -}}
{{- if and (include "xerv.isOutside" .) (not (.Values.metrics).exposeOutside) }}true{{ end -}}
{{- end -}}

{{- define "xerv.metrics.serviceName" -}}
{{- include "xerv.cut" (list (include "xerv.fullname" .) 55) }}-metrics
{{- end -}}

{{- define "xerv.metrics.port" -}}
{{- (.Values.metrics).port | default 9090 | int64 -}}
{{- end -}}

{{/* Number and name of the container's port that answers, and the path there. */}}
{{- define "xerv.metrics.containerPort" -}}
{{- if include "xerv.metrics.isOnApiPort" . }}{{ include "xerv.apiPort" . }}{{ else }}{{ include "xerv.metrics.port" . }}{{ end -}}
{{- end -}}

{{- define "xerv.metrics.portName" -}}
{{- include "xerv.metrics.isOnApiPort" . | empty | ternary "metrics" "http" -}}
{{- end -}}

{{- define "xerv.metrics.path" -}}
{{- if include "xerv.metrics.isOnApiPort" . }}/api/v1/metrics{{ else }}{{ (.Values.metrics).path | default "/metrics" }}{{ end -}}
{{- end -}}

{{/*
What tells the series of this release from those of others: label matchers for PromQL. Prometheus
adds the labels when it scrapes; our monitors make job the name of the Service.
*/}}
{{- define "xerv.metrics.selector" -}}
{{- $own := dict "namespace" .Release.Namespace "job" (include "xerv.fullname" .) -}}
{{- $matchers := list -}}
{{- range $label, $text := (.Values.metrics).matchers | default $own -}}
{{- $matchers = append $matchers (printf "%s=%s" $label (include "xerv.string" $text | quote)) -}}
{{- end -}}
{{- join "," $matchers -}}
{{- end -}}

{{/*
Truthy (not empty) where metrics are read from Istio's sidecar, which joins XERV's to its own:
under STRICT only mesh clients reach XERV's port. With https the scraper is such a client itself.
*/}}
{{- define "xerv.metrics.isMerged" -}}
{{- $root := index . 0 -}}
{{- $scheme := (index . 1).scheme | default "http" -}}
{{- if and (include "xerv.mesh.isIstioInjected" $root) (eq $scheme "http") }}true{{ end -}}
{{- end -}}

{{/* One endpoint of a ServiceMonitor or PodMonitor: (list $ monitor portName). */}}
{{- define "xerv.metrics.endpoint" -}}
{{- $root := index . 0 -}}
{{- $monitor := index . 1 -}}
{{- $isMerged := include "xerv.metrics.isMerged" . -}}
port: {{ index . 2 }}
path: {{ $isMerged | empty | ternary (include "xerv.metrics.path" $root) "/stats/prometheus" | quote }}
{{- range $key := list "interval" "scrapeTimeout" "scheme" }}
{{- with get $monitor $key }}
{{ $key }}: {{ . }}
{{- end }}
{{- end }}
{{- if $monitor.honorLabels }}
honorLabels: true
{{- end }}
{{- range $key := list "tlsConfig" "authorization" "basicAuth" "bearerTokenSecret" "params" }}
{{- with get $monitor $key }}
{{ $key }}:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}
{{- with concat (include "xerv.metrics.relabelings" . | fromYamlArray) ($monitor.relabelings | default list) }}
relabelings:
  {{- toYaml . | nindent 2 }}
{{- end }}
metricRelabelings:
  {{- include "xerv.metrics.metricRelabelings" . | nindent 2 }}
  {{- with $monitor.metricRelabelings }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end -}}

{{- define "xerv.metrics.relabelings" -}}
{{- if not (index . 1).jobLabel }}
- action: replace
  targetLabel: job
  replacement: {{ include "xerv.fullname" (index . 0) | quote }}
{{- end }}
{{- if include "xerv.metrics.isMerged" . }}
# The sidecar does not list port 15020 among its ports, so the address is made of the pod's.
- action: replace
  sourceLabels: [__meta_kubernetes_pod_ip]
  regex: ([0-9.]+)
  targetLabel: __address__
  replacement: $1:15020
- action: replace
  sourceLabels: [__meta_kubernetes_pod_ip]
  regex: (.*:.*)
  targetLabel: __address__
  replacement: '[$1]:15020'
{{- end }}
{{- end -}}

{{- define "xerv.metrics.metricRelabelings" -}}
# XERV 0.1.0 puts its prefix before names that have it already.
- action: replace
  sourceLabels: [__name__]
  regex: xerv_xerv_(.+)
  targetLabel: __name__
  replacement: xerv_$1
{{- if include "xerv.metrics.isMerged" . }}
# The proxy's own metrics are for the monitor of the mesh.
- action: keep
  sourceLabels: [__name__]
  regex: xerv_.+
{{- end }}
{{- end -}}

{{/* Limits and labels that both kinds of monitor have in spec. */}}
{{- define "xerv.metrics.monitorSpec" -}}
namespaceSelector:
  matchNames:
    - {{ (index . 0).Release.Namespace | quote }}
{{- $monitor := index . 1 }}
{{- range $key := list "sampleLimit" "targetLimit" "labelLimit" }}
{{- with get $monitor $key }}
{{ $key }}: {{ int64 . }}
{{- end }}
{{- end }}
{{- with $monitor.jobLabel }}
jobLabel: {{ . | quote }}
{{- end }}
{{- end -}}

{{/* metadata of an object that may live in the namespace of those who read it: (dict … "namespace" …). */}}
{{- define "xerv.metadataIn" -}}
{{- $metadata := include "xerv.metadata" . | fromYaml -}}
{{- with .namespace }}{{ $_ := set $metadata "namespace" . }}{{ end -}}
{{- toYaml $metadata -}}
{{- end -}}

{{/*
Labels of the pods for each series, as a YAML list: (list $ monitor). By xerv_io_track the series of
a canary can be told from the others; all have the release's job, so that alerts look at both.
*/}}
{{- define "xerv.metrics.podTargetLabels" -}}
{{- $track := include "xerv.linkerd.isSplit" (index . 0) | empty | ternary list (list "xerv.io/track") -}}
{{- concat $track ((index . 1).podTargetLabels | default list) | uniq | toYaml -}}
{{- end -}}
