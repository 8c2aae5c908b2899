{{- define "xerv.notes.warnings.metrics" -}}
{{- $metrics := .Values.metrics | default dict -}}
{{- $alerts := ((.Values.monitoring).alerts).enabled | default false -}}
{{- $service := ($metrics.serviceMonitor).enabled | default false -}}
{{- $pod := ($metrics.podMonitor).enabled | default false -}}
{{- if not $metrics.enabled }}
{{- if or $alerts $service $pod }}
metrics.enabled is false, so no monitors or alerts are created.
{{- end }}
{{- else }}
{{- if and (or $alerts $service $pod) (not $metrics.onApiPort) (eq ((.Values.image).tag | default .Chart.AppVersion | toString) "0.1.0") }}
XERV 0.1.0 does not answer on port {{ include "xerv.metrics.port" . }}, and XervInstanceDown would fire permanently: set metrics.onApiPort to true.
{{- end }}
{{- if and $service $pod }}
metrics.serviceMonitor and metrics.podMonitor collect everything twice: turn one of them off.
{{- end }}
{{- if and $alerts (not (or $service $pod $metrics.scrapeAnnotations $metrics.matchers)) }}
alerts are on, but nothing in this release collects its metrics: turn on metrics.serviceMonitor, or name your own series in metrics.matchers.
{{- end }}
{{- end }}
{{- end -}}

{{- define "xerv.notes.warnings.tracing" -}}
{{- $tracing := (.Values.monitoring).tracing | default dict -}}
{{- if $tracing.enabled }}
{{- if not $tracing.endpoint }}
monitoring.tracing.endpoint is empty, so no traces are sent: set it to your collector, such as http://tempo:4317.
{{- else if regexMatch ":4318(/|$)" $tracing.endpoint }}
monitoring.tracing.endpoint has port 4318, which is usually OTLP over HTTP; XERV sends gRPC, usually to port 4317.
{{- end }}
{{- end }}
{{- end -}}
