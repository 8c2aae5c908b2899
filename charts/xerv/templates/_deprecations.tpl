{{/*
What is still followed but has a better place, a line each. What is refused is not here: the schema
and _requirements.tpl name it.
*/}}
{{- define "xerv.deprecations" -}}
{{- $places := include "xerv.deprecations.variables" . | fromYaml -}}
{{- range .Values.extraEnv -}}
{{- with get $places .name }}
extraEnv takes the place of {{ . }}: set that one instead.
{{- end -}}
{{- end -}}
{{- if and (include "xerv.isRaft" .) (.Values.persistence).enabled }}
persistence is not for backend raft: its volumes are set with storage.
{{- end -}}
{{- if eq (include "xerv.linkerd.splitKind" .) "TrafficSplit" }}
serviceMesh.linkerd.trafficSplit makes a TrafficSplit, a kind that has ended: with the CRDs of the Gateway API it makes an HTTPRoute.
{{- end -}}
{{- end -}}

{{/* Variables that examples for the 0.1.0 chart put into extraEnv, and where they belong. */}}
{{- define "xerv.deprecations.variables" -}}
RUST_LOG: monitoring.logging.level
XERV_LOG_FORMAT: monitoring.logging.format
OTEL_ENABLED: monitoring.tracing.enabled
OTEL_EXPORTER_OTLP_ENDPOINT: monitoring.tracing.endpoint
OTEL_SERVICE_NAME: monitoring.tracing.serviceName
XERV_DISPATCH_BACKEND: dispatch.backend
XERV_DISPATCH_REDIS_URL: dispatch.redis.url
XERV_DISPATCH_NATS_URL: dispatch.nats.url
XERV_MAX_CONCURRENT_NODES: executor.maxConcurrentNodes
XERV_MAX_CONCURRENT_TRACES: executor.maxConcurrentTraces
XERV_NODE_TIMEOUT_MS: executor.nodeTimeoutMs
{{- end -}}
