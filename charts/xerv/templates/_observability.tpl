{{/* Environment for logs, traces and metrics. */}}
{{- define "xerv.observability.env" -}}
{{- end -}}

{{- define "xerv.observability.podAnnotations" -}}
{{- end -}}

{{- define "xerv.requirements.observability" -}}
{{- end -}}

{{/*
What tells the series of this release from those of others: label matchers for PromQL. Prometheus
adds the labels when it scrapes; job is the name of the Service unless a jobLabel says otherwise.
*/}}
{{- define "xerv.metrics.selector" -}}
namespace={{ .Release.Namespace | quote }},job={{ include "xerv.fullname" . | quote }}
{{- end -}}
