{{/*
What sets the number of replicas: hpa, keda, or nothing, which is helm. The members of raft are
fixed, and an autoscaler would take its quorum away: nothing scales raft.
*/}}
{{- define "xerv.scaler" -}}
{{- if include "xerv.isRaft" . -}}
{{- else if (.Values.keda).enabled }}keda
{{- else if (.Values.autoscaling).enabled }}hpa
{{- end -}}
{{- end -}}

{{/* Truthy (not empty) where an autoscaler, and not helm, owns the number of replicas. */}}
{{- define "xerv.isScaled" -}}
{{- include "xerv.scaler" . -}}
{{- end -}}

{{- define "xerv.minReplicas" -}}
{{- $scaler := include "xerv.scaler" . -}}
{{- if eq $scaler "hpa" }}{{ .Values.autoscaling.minReplicas | default 1 | int64 }}
{{- else if eq $scaler "keda" }}{{ include "xerv.keda.minReplicas" . }}
{{- else }}{{ include "xerv.replicas" . }}
{{- end -}}
{{- end -}}

{{/* The most replicas that there can be. A maximum below the minimum would be refused. */}}
{{- define "xerv.maxReplicas" -}}
{{- $scaler := include "xerv.scaler" . -}}
{{- $least := include "xerv.minReplicas" . | int64 -}}
{{- if eq $scaler "hpa" }}{{ max $least (.Values.autoscaling.maxReplicas | default 10 | int64) }}
{{- else if eq $scaler "keda" }}{{ max $least (.Values.keda.maxReplicaCount | default 10 | int64) }}
{{- else }}{{ $least }}
{{- end -}}
{{- end -}}

{{/* The workload, as an autoscaler refers to it. */}}
{{- define "xerv.workloadReference" -}}
{{- $isRaft := include "xerv.isRaft" . -}}
apiVersion: apps/v1
kind: {{ $isRaft | empty | ternary "Deployment" "StatefulSet" }}
name: {{ include ($isRaft | empty | ternary "xerv.fullname" "xerv.statefulSetName") . | quote }}
{{- end -}}

{{- define "xerv.requirements.autoscaling" -}}
{{- if and (.Values.autoscaling).enabled (.Values.keda).enabled }}
autoscaling.enabled and keda.enabled are both true, and only one of them can set the number of replicas: turn one of them off.
{{- else if and (eq (include "xerv.scaler" .) "keda") (not (include "xerv.keda.triggers" . | trim)) }}
keda.enabled is true, but there is nothing to scale on: enable one of keda.triggers, or add to keda.extraTriggers. {{ include "xerv.keda.missingTrigger" . }}
{{- end -}}
{{- end -}}
