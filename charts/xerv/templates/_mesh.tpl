{{/* istio or linkerd; empty where no mesh is wanted. */}}
{{- define "xerv.mesh.provider" -}}
{{- if (.Values.serviceMesh).enabled }}{{ .Values.serviceMesh.provider }}{{ end -}}
{{- end -}}

{{/* Truthy (not empty) where Istio adds its sidecar to the pods: not with ambient. */}}
{{- define "xerv.mesh.isIstioInjected" -}}
{{- if eq (include "xerv.mesh.provider" .) "istio" -}}
{{- $istio := .Values.serviceMesh.istio | default dict -}}
{{- if and ($istio.injection).enabled (not ($istio.ambient).enabled) }}true{{ end -}}
{{- end -}}
{{- end -}}

{{/* Truthy (not empty) where Linkerd adds its proxy to the pods. */}}
{{- define "xerv.mesh.isLinkerdInjected" -}}
{{- if eq (include "xerv.mesh.provider" .) "linkerd" -}}
{{- if ((.Values.serviceMesh.linkerd).injection).enabled }}true{{ end -}}
{{- end -}}
{{- end -}}

{{/* Truthy (not empty) where a proxy stands before the server in its pod. */}}
{{- define "xerv.mesh.isInjected" -}}
{{- include "xerv.mesh.isIstioInjected" . -}}{{- include "xerv.mesh.isLinkerdInjected" . -}}
{{- end -}}

{{/* The full name of a Service of this release, (list $ name). Meshes know Services by it. */}}
{{- define "xerv.mesh.host" -}}
{{- $root := index . 0 -}}
{{ index . 1 }}.{{ $root.Release.Namespace }}.svc.{{ $root.Values.clusterDomain | default "cluster.local" }}
{{- end -}}

{{/* Labels by which Istio takes the pods in. Its webhook looks at labels, not at annotations. */}}
{{- define "xerv.mesh.podLabels" -}}
{{- if include "xerv.mesh.isIstioInjected" . -}}
sidecar.istio.io/inject: "true"
{{- with .Values.serviceMesh.istio.injection.revision }}
istio.io/rev: {{ . | quote }}
{{- end }}
{{- else if and (eq (include "xerv.mesh.provider" .) "istio") ((.Values.serviceMesh.istio).ambient).enabled -}}
istio.io/dataplane-mode: ambient
# A sidecar, which a label of the namespace would add, takes a pod out of ambient mode.
sidecar.istio.io/inject: "false"
{{- end -}}
{{- end -}}

{{- define "xerv.mesh.podAnnotations" -}}
{{- if include "xerv.mesh.isIstioInjected" . -}}
{{ include "xerv.istio.podAnnotations" . }}
{{- else if include "xerv.mesh.isLinkerdInjected" . -}}
{{ include "xerv.linkerd.podAnnotations" . }}
{{- end -}}
{{- end -}}

{{/* host or host:port of a URL. Not by urlParse, whose error would show a password. */}}
{{- define "xerv.mesh.address" -}}
{{- $rest := regexReplaceAll "^[A-Za-z0-9+.-]+://" (trim .) "" -}}
{{- regexReplaceAll "[/?#].*$" (regexReplaceAll "^.*@" $rest "") "" -}}
{{- end -}}

{{/*
Ports at which NATS listens inside the cluster, where connections to it go around the proxy:
the NATS server speaks first, and a proxy that waits for the client's first bytes would stall.
*/}}
{{- define "xerv.mesh.bypassedPorts" -}}
{{- $injection := (get .Values.serviceMesh (include "xerv.mesh.provider" .)).injection -}}
{{- if and (eq (include "xerv.backend" .) "nats") $injection.bypassNats -}}
{{- $nats := .Values.dispatch.nats | default dict -}}
{{- $ports := list -}}
{{- if not $nats.existingSecret -}}
{{- range splitList "," ($nats.url | default "") -}}
{{- $ports = append $ports (include "xerv.mesh.address" . | regexFind ":[0-9]+$" | trimPrefix ":" | default "4222") -}}
{{- end -}}
{{- end -}}
{{- $ports | default (list "4222") | uniq | join "," -}}
{{- end -}}
{{- end -}}

{{- define "xerv.requirements.mesh" -}}
{{- if and (.Values.serviceMesh).enabled (not .Values.serviceMesh.provider) }}
serviceMesh.enabled is true, but serviceMesh.provider is empty: set it to istio or linkerd.
{{- end -}}
{{- end -}}
