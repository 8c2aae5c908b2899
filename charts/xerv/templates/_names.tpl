{{/* Label app.kubernetes.io/name. */}}
{{- define "xerv.name" -}}
{{- .Values.nameOverride | default .Chart.Name | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{/*
Name of the objects, by the rule of `helm create`, which releases of the 0.1.0 chart follow too.
A dot, which a release name may have, is not allowed in the name of a Service.
*/}}
{{- define "xerv.fullname" -}}
{{- $name := .Values.nameOverride | default .Chart.Name -}}
{{- $full := contains $name .Release.Name | ternary .Release.Name (printf "%s-%s" .Release.Name $name) -}}
{{- include "xerv.cut" (list (.Values.fullnameOverride | default $full | replace "." "-") 63) -}}
{{- end -}}

{{/*
Name of the StatefulSet. Kubernetes labels its pods with <name>-<hash of 10>, and a label has
at most 63 characters.
*/}}
{{- define "xerv.statefulSetName" -}}
{{- include "xerv.cut" (list (include "xerv.fullname" .) 52) -}}
{{- end -}}

{{/* Name of the Service through which raft peers find each other; at most 63 characters. */}}
{{- define "xerv.headlessName" -}}
{{- include "xerv.cut" (list (include "xerv.fullname" .) 54) -}}-headless
{{- end -}}

{{/* A name of at most so many characters that does not end in a dash. */}}
{{- define "xerv.cut" -}}
{{- index . 0 | trunc (index . 1) | regexFind "^.*[^-]" -}}
{{- end -}}

{{- define "xerv.claimName" -}}
{{- (.Values.persistence).existingClaim | default (printf "%s-data" (include "xerv.fullname" .)) -}}
{{- end -}}

{{- define "xerv.serviceAccountName" -}}
{{- $own := (.Values.serviceAccount).create | default false | ternary (include "xerv.fullname" .) "default" -}}
{{- (.Values.serviceAccount).name | default $own -}}
{{- end -}}
