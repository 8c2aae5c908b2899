{{/*
Where /data is:
  template  raft: a claim for each pod, from the StatefulSet
  claim     one pod alone has the claim
  shared    several pods have a directory each on a claim that many may write to
  scratch   gone with the pod
XERV locks its log, so two pods never get the same directory.
*/}}
{{- define "xerv.dataVolume" -}}
{{- $persistence := .Values.persistence | default dict -}}
{{- if include "xerv.isRaft" . }}template
{{- else if not $persistence.enabled }}scratch
{{- else if le (include "xerv.maxReplicas" . | int) 1 }}claim
{{- else if eq ($persistence.accessMode | default "ReadWriteOnce") "ReadWriteMany" }}shared
{{- else }}scratch
{{- end -}}
{{- end -}}

{{- define "xerv.volumes" -}}
{{- $data := include "xerv.dataVolume" . -}}
{{- $own := list (dict "name" "tmp" "emptyDir" dict) -}}
{{- if eq $data "template" -}}
{{- $own = append $own (dict "name" "config" "configMap" (dict "name" (include "xerv.configName" .))) -}}
{{- else -}}
{{- $own = append $own (dict "name" "state" "emptyDir" dict) -}}
{{- $claim := dict "persistentVolumeClaim" (dict "claimName" (include "xerv.claimName" .)) -}}
{{- $source := eq $data "scratch" | ternary (dict "emptyDir" dict) $claim -}}
{{- $own = append $own (merge (dict "name" "data") $source) -}}
{{- end -}}
{{- include "xerv.mergeLists" (dict "key" "name" "ours" $own "theirs" .Values.extraVolumes) -}}
{{- end -}}

{{- define "xerv.volumeMounts" -}}
{{- $data := include "xerv.dataVolume" . -}}
{{- $mount := dict "name" "data" "mountPath" "/data" -}}
{{- if eq $data "shared" }}{{ $_ := set $mount "subPathExpr" "$(POD_NAME)" }}{{ end -}}
{{- $own := list $mount (dict "name" "tmp" "mountPath" "/tmp") -}}
{{- if eq $data "template" -}}
{{- /* XERV's default place for the raft log; it must outlive the pod as /data does. */ -}}
{{- $own = append $own (dict "name" "data" "mountPath" "/var/lib/xerv" "subPath" "var-lib-xerv") -}}
{{- $own = append $own (dict "name" "config" "mountPath" "/config" "readOnly" true) -}}
{{- else -}}
{{- $own = append $own (dict "name" "state" "mountPath" "/var/lib/xerv") -}}
{{- end -}}
{{- include "xerv.mergeLists" (dict "key" "mountPath" "ours" $own "theirs" .Values.extraVolumeMounts) -}}
{{- end -}}

{{- define "xerv.configName" -}}
{{- include "xerv.fullname" . }}-config
{{- end -}}

{{/* What Kubernetes does with the claims of raft when the release is removed. */}}
{{- define "xerv.retention" -}}
{{- ((.Values.storage).retentionPolicy).whenDeleted | default "Retain" -}}
{{- end -}}
