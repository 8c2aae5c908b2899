{{/*
What selects the pods of this release. Immutable: nothing may be added or taken away.
Names stand in quotes here and below: a release or a namespace may be called 123.
Pods of a canary have another name, see "xerv.canary"; track is nil for all others.
*/}}
{{- define "xerv.selectorLabels" -}}
{{- $track := .track | default "" -}}
app.kubernetes.io/name: {{ printf "%s%s" (include "xerv.cut" (list (include "xerv.name" .) (sub 63 (len $track) | int))) $track | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end -}}

{{/*
metadata of an object: (dict "root" $ "name" …  "labels" … "annotations" …).
The labels of a release are not to be overridden: they are what it is found by.
*/}}
{{- define "xerv.metadata" -}}
{{- $labels := dict
  "helm.sh/chart" (printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" | trunc 63)
  "app.kubernetes.io/version" .root.Chart.AppVersion
  "app.kubernetes.io/managed-by" .root.Release.Service
  "app.kubernetes.io/part-of" "xerv" -}}
name: {{ .name | quote }}
namespace: {{ .root.Release.Namespace | quote }}
labels:
  {{- include "xerv.stringMap" (list (include "xerv.selectorLabels" .root | fromYaml) $labels .labels .root.Values.commonLabels) | nindent 2 }}
{{- with include "xerv.stringMap" (list .annotations .root.Values.commonAnnotations) }}
annotations:
  {{- . | nindent 2 }}
{{- end }}
{{- end -}}

{{/*
metadata of a pod. No version stands in it, so that a new chart alone restarts no pod.
*/}}
{{- define "xerv.podMetadata" -}}
labels:
  {{- include "xerv.stringMap" (list (include "xerv.selectorLabels" . | fromYaml) .Values.podLabels (include "xerv.mesh.podLabels" . | fromYaml) .Values.commonLabels) | nindent 2 }}
{{- $checksum := dict -}}
{{- with include "xerv.dispatchSecretUrl" . }}
{{- $_ := set $checksum "checksum/dispatch-url" (sha256sum .) }}
{{- end }}
{{- with include "xerv.stringMap" (list $checksum .Values.podAnnotations (include "xerv.mesh.podAnnotations" . | fromYaml) (include "xerv.observability.podAnnotations" . | fromYaml)) }}
annotations:
  {{- . | nindent 2 }}
{{- end }}
{{- end -}}
