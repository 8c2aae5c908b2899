{{/* One variable (list NAME value); none where a default was taken away with null. */}}
{{- define "xerv.envOf" -}}
{{- if not (kindIs "invalid" (index . 1)) -}}
- name: {{ index . 0 }}
  value: {{ include "xerv.string" (index . 1) | quote }}
{{- end -}}
{{- end -}}

{{- define "xerv.ownEnv" -}}
{{- $executor := .Values.executor | default dict -}}
- name: XERV_DATA_DIR
  value: /data
{{ include "xerv.dispatchEnv" . }}
{{ include "xerv.envOf" (list "XERV_MAX_CONCURRENT_NODES" $executor.maxConcurrentNodes) }}
{{ include "xerv.envOf" (list "XERV_MAX_CONCURRENT_TRACES" $executor.maxConcurrentTraces) }}
{{ include "xerv.envOf" (list "XERV_NODE_TIMEOUT_MS" $executor.nodeTimeoutMs) }}
{{ include "xerv.observability.env" . }}
{{- if eq (include "xerv.dataVolume" .) "shared" }}
- name: POD_NAME
  valueFrom:
    fieldRef:
      fieldPath: metadata.name
{{- end }}
{{- end -}}

{{/* The environment of the container: ours, then extraEnv in its own order. */}}
{{- define "xerv.env" -}}
{{- $theirs := list -}}
{{- range .Values.extraEnv -}}
{{- $entry := hasKey . "valueFrom" | ternary . (dict "name" .name "value" (include "xerv.string" .value)) -}}
{{- $theirs = append $theirs $entry -}}
{{- end -}}
{{- include "xerv.mergeLists" (dict "key" "name" "ours" (include "xerv.ownEnv" . | fromYamlArray) "theirs" $theirs) -}}
{{- end -}}
