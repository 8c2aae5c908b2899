{{/* What the backend really does, which may not be what its name promises. */}}
{{- define "xerv.notes.backend" -}}
{{- $backend := include "xerv.backend" . -}}
{{- $replicas := include "xerv.maxReplicas" . | int -}}
{{- if eq $backend "memory" }}
Backend memory: work in the queue is lost when the pod ends.
{{- if gt $replicas 1 }}
WARNING: the {{ $replicas }} replicas do not know of each other: each has a queue and pipelines of its own.
{{- end }}
{{- else }}
WARNING: the public XERV {{ .Chart.AppVersion }} image is built without {{ $backend }} and falls back to memory. See whether
yours does; a line here means that the replicas do not share their work:
  kubectl -n {{ .Release.Namespace }} logs -l {{ include "xerv.notes.select" . }} -c xerv --tail=-1 | grep -i 'falling back to memory'
{{- end }}
{{- end -}}

{{- define "xerv.notes.data" -}}
{{- $data := include "xerv.dataVolume" . -}}
{{- $workload := printf "deployment/%s" (include "xerv.fullname" .) -}}
{{- if eq $data "scratch" }}
  /data is scratch space: it is gone with its pod.
{{- if (.Values.persistence).enabled }}
  persistence.enabled is not followed: several replicas cannot share a {{ .Values.persistence.accessMode }} volume. A claim
  {{ include "xerv.claimName" . }} made before is kept. Have one replica at most, or persistence.accessMode to ReadWriteMany.
{{- end }}
{{- else if eq $data "template" }}
{{- $workload = printf "%s-0" (include "xerv.statefulSetName" .) }}
  One volume for each pod, {{ include "xerv.retention" . | eq "Delete" | ternary "deleted by Kubernetes" "kept" }} on uninstall:
    kubectl -n {{ .Release.Namespace }} get pvc -l {{ include "xerv.notes.select" . }}
  Backup, pod by pod:
{{- else if eq $data "shared" }}
{{- $workload = "POD" }}
  Claim {{ include "xerv.claimName" . }}, kept on uninstall. Each pod has a directory of its name there and sees no other; the
  directories of pods that are gone stay.
  Backup, for each POD:
{{- else }}
  Claim {{ include "xerv.claimName" . }}, kept on uninstall.
  Backup:
{{- end }}
{{- if ne $data "scratch" }}
    kubectl -n {{ .Release.Namespace }} exec {{ $workload }} -c xerv -- tar cf - -C /data . > xerv-data.tar
{{- end }}
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
