{{/*
Environment for logs, traces and metrics. XERV 0.1.0 reads XERV_LOG_FORMAT and RUST_LOG only; an
image built with otel reads OTEL_* too.
*/}}
{{- define "xerv.observability.env" -}}
{{- $logging := (.Values.monitoring).logging | default dict -}}
{{- with $logging.format }}
- name: XERV_LOG_FORMAT
  value: {{ . | quote }}
{{- end }}
{{- with $logging.filter | default (include "xerv.observability.level" $logging) }}
- name: RUST_LOG
  value: {{ . | quote }}
{{- end }}
- name: XERV_METRICS_ENABLED
  value: {{ include "xerv.metrics.isEnabled" . | empty | ternary "false" "true" | quote }}
{{- if and (include "xerv.metrics.isEnabled" .) (not (include "xerv.metrics.isOnApiPort" .)) }}
- name: XERV_METRICS_PORT
  value: {{ include "xerv.metrics.port" . | quote }}
{{- end }}
{{ include "xerv.observability.tracingEnv" . }}
{{- end -}}

{{/* The level for XERV's own modules; those of its libraries would drown them. */}}
{{- define "xerv.observability.level" -}}
{{- with .level }}xerv={{ . }}{{ end -}}
{{- end -}}

{{- define "xerv.observability.tracingEnv" -}}
{{- $tracing := (.Values.monitoring).tracing | default dict -}}
{{- if $tracing.enabled }}
- name: OTEL_ENABLED
  value: "true"
{{- $endpoint := include "xerv.observability.endpoint" . -}}
{{- range $name, $text := dict
  "OTEL_EXPORTER_OTLP_ENDPOINT" $endpoint
  "OTEL_SERVICE_NAME" ($tracing.serviceName | default "xerv")
  "OTEL_EXPORTER_OTLP_PROTOCOL" $tracing.protocol
  "OTEL_TRACES_SAMPLER" $tracing.sampler
  "OTEL_TRACES_SAMPLER_ARG" (include "xerv.string" $tracing.samplerArgument)
  "OTEL_RESOURCE_ATTRIBUTES" (include "xerv.observability.attributes" $tracing) }}
{{- if $text }}
- name: {{ $name }}
  value: {{ $text | quote }}
{{- end }}
{{- end }}
{{- with $tracing.headersSecret }}
- name: OTEL_EXPORTER_OTLP_HEADERS
  valueFrom:
    secretKeyRef:
      name: {{ . | quote }}
      key: {{ $tracing.headersSecretKey | default "headers" | quote }}
{{- end }}
{{- end }}
{{- end -}}

{{- define "xerv.observability.attributes" -}}
{{- $pairs := list -}}
{{- range $key, $text := .resourceAttributes -}}
{{- $pairs = append $pairs (printf "%s=%s" $key (include "xerv.string" $text)) -}}
{{- end -}}
{{- join "," $pairs -}}
{{- end -}}

{{/* The exporter refuses an address without a scheme. */}}
{{- define "xerv.observability.endpoint" -}}
{{- $endpoint := ((.Values.monitoring).tracing).endpoint | default "" -}}
{{- if or (empty $endpoint) (contains "://" $endpoint) }}{{ $endpoint }}{{ else }}http://{{ $endpoint }}{{ end -}}
{{- end -}}

{{/* For a Prometheus that finds pods by annotation, without the operator. */}}
{{- define "xerv.observability.podAnnotations" -}}
{{- if and (include "xerv.metrics.isEnabled" .) (.Values.metrics).scrapeAnnotations -}}
prometheus.io/scrape: "true"
prometheus.io/port: {{ include "xerv.metrics.containerPort" . | quote }}
prometheus.io/path: {{ include "xerv.metrics.path" . | quote }}
{{- end -}}
{{- end -}}

{{/* files/dashboard.json, made that of this release. A uid has at most 40 characters. */}}
{{- define "xerv.dashboard" -}}
{{- $uid := printf "xerv-%s" (printf "%s/%s" .Release.Namespace (include "xerv.fullname" .) | sha256sum | trunc 16) -}}
{{- .Files.Get "files/dashboard.json" | replace "RELEASE_UID" $uid | replace "RELEASE_NAMESPACE" .Release.Namespace | replace "RELEASE_JOB" (include "xerv.fullname" .) | trim -}}
{{- end -}}

{{- define "xerv.requirements.observability" -}}
{{- end -}}
