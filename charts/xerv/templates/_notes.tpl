{{- define "xerv.notes.replicas" -}}
{{- if include "xerv.isScaled" . -}}
{{ include "xerv.minReplicas" . }} to {{ include "xerv.maxReplicas" . }} replicas (set by {{ eq (include "xerv.scaler" .) "keda" | ternary "KEDA" "an autoscaler" }})
{{- else -}}
{{ include "xerv.replicas" . }} {{ eq (include "xerv.replicas" .) "1" | ternary "replica" "replicas" }}
{{- end -}}
{{- end -}}

{{/* What the chart did otherwise than the values say, and what may surprise; the worst first. */}}
{{- define "xerv.notes.warnings" -}}
{{- include "xerv.notes.backend" . }}
{{- include "xerv.notes.published" . }}
{{- range list "mesh" "networkPolicy" "lowPorts" "scaler" "keda" "requests" "vpa" "disruption" "metrics" "tracing" }}
{{- range include (printf "xerv.notes.warnings.%s" .) $ | trim | splitList "\n" | compact }}
WARNING: {{ . }}
{{- end }}
{{- end }}
{{- range include "xerv.deprecations" . | trim | splitList "\n" | compact }}
DEPRECATED: {{ . }}
{{- end }}
{{- end -}}

{{/* What the backend really does, which may not be what its name promises. */}}
{{- define "xerv.notes.backend" -}}
{{- $backend := include "xerv.backend" . -}}
{{- $replicas := include "xerv.maxReplicas" . | int -}}
{{- if ne $backend "memory" }}
WARNING: the public XERV {{ .Chart.AppVersion }} image is built without {{ $backend }} and falls back to memory. Check whether
yours does; a line here means that the replicas do not share their work:
  kubectl -n {{ .Release.Namespace }} logs -l {{ include "xerv.notes.select" . }} -c xerv --tail=-1 | grep -i 'falling back to memory'
{{- else if gt $replicas 1 }}
WARNING: the {{ $replicas }} replicas do not know about each other: each has its own queue and pipelines.
{{- end }}
{{- end -}}

{{- define "xerv.notes.data" -}}
{{- $data := include "xerv.dataVolume" . -}}
{{- if eq (include "xerv.backend" .) "memory" }}
  Queued work is lost when its pod stops: backend memory does not keep it.
{{- end }}
{{- if eq $data "scratch" }}
  /data is scratch space: it is lost with its pod.
{{- if (.Values.persistence).enabled }}
  persistence.enabled is ignored: several replicas cannot share a {{ .Values.persistence.accessMode }} volume. A claim
  {{ include "xerv.claimName" . }} from before is kept. Use one replica, or set persistence.accessMode to ReadWriteMany.
{{- end }}
{{- else if eq $data "template" }}
  One volume for each pod, {{ include "xerv.retention" . | eq "Delete" | ternary "deleted by Kubernetes" "kept" }} on uninstall:
    kubectl -n {{ .Release.Namespace }} get pvc -l {{ include "xerv.notes.select" . }}
  Backup, each pod separately:
{{- range until (include "xerv.replicas" . | int) }}
    {{ include "xerv.notes.backup" (list $ (printf "%s-%d" (include "xerv.statefulSetName" $) .)) }}
{{- end }}
{{- else if eq $data "shared" }}
  Claim {{ include "xerv.claimName" . }}, kept on uninstall. Each pod has its own directory there, named after it; the
  directories of removed pods remain.
  Backup, for each POD:
    {{ include "xerv.notes.backup" (list . "POD") }}
{{- else }}
  Claim {{ include "xerv.claimName" . }}, kept on uninstall.
  Backup:
    {{ include "xerv.notes.backup" (list . (printf "deployment/%s" (include "xerv.fullname" .))) }}
{{- end }}
{{- end -}}

{{/* (list $ pod) */}}
{{- define "xerv.notes.backup" -}}
kubectl -n {{ (index . 0).Release.Namespace }} exec {{ index . 1 }} -c xerv -- tar cf - -C /data . > {{ index . 1 | base }}.tar
{{- end -}}

{{- define "xerv.notes.removeData" -}}
{{- $data := include "xerv.dataVolume" . -}}
{{- if and (eq $data "template") (eq (include "xerv.retention" .) "Retain") }}
and then, which cannot be undone, its data:
  kubectl -n {{ .Release.Namespace }} delete pvc -l {{ include "xerv.notes.select" . }}
{{- else if and (has $data (list "claim" "shared")) (not .Values.persistence.existingClaim) }}
and then, which cannot be undone, its data:
  kubectl -n {{ .Release.Namespace }} delete pvc {{ include "xerv.claimName" . }}
{{- end }}
{{- end -}}

{{/* Label selector of this release and no other. */}}
{{- define "xerv.notes.select" -}}
app.kubernetes.io/name={{ include "xerv.name" . }},app.kubernetes.io/instance={{ .Release.Name }}
{{- end -}}
