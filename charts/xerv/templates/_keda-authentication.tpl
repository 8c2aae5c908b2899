{{- define "xerv.keda.authenticationName" -}}
{{- include "xerv.keda.name" (index . 0) }}-keda-{{ index . 1 -}}
{{- end -}}

{{/* authenticationRef of a trigger: (list root source authentication); nothing without one. */}}
{{- define "xerv.keda.authenticationRef" -}}
{{- $ref := (index . 2 | default dict).authenticationRef | default dict -}}
{{- if $ref.name -}}
authenticationRef:
  {{- toYaml $ref | nindent 2 }}
{{- else if include "xerv.keda.secretKeys" . -}}
authenticationRef:
  name: {{ include "xerv.keda.authenticationName" . | quote }}
{{- end -}}
{{- end -}}

{{/* Which parameters of the trigger stand under which keys of the Secret, as a map. */}}
{{- define "xerv.keda.secretKeys" -}}
{{- $given := index . 2 | default dict -}}
{{- $usual := dict
  "prometheus" (dict "bearerToken" "token")
  "redis" (dict "password" "password")
  "nats" (dict "natsServerMonitoringEndpoint" "endpoint") -}}
{{- if ($given.authenticationRef).name -}}
{{- else if $given.existingSecret -}}
{{- $given.secretKeys | default (get $usual (index . 1)) | toYaml -}}
{{- else if and (eq (index . 1) "redis") (include "xerv.keda.credentials" (index . 0)) -}}
{{- $keys := dict -}}
{{- range $key, $_ := include "xerv.keda.credentials" (index . 0) | fromYaml }}{{ $_ := set $keys $key $key }}{{ end -}}
{{- toYaml $keys -}}
{{- end -}}
{{- end -}}

{{/* User and password in the URL of Redis, as a map; nothing where they come from a Secret. */}}
{{- define "xerv.keda.credentials" -}}
{{- if eq (include "xerv.backend" .) "redis" -}}
{{- $credentials := dict -}}
{{- range $key, $value := pick (include "xerv.keda.backendUrl" . | fromYaml) "username" "password" -}}
{{- if $value }}{{ $_ := set $credentials $key $value }}{{ end -}}
{{- end -}}
{{- if $credentials.password }}{{ toYaml $credentials }}{{ end -}}
{{- end -}}
{{- end -}}

{{/*
The TriggerAuthentications to make, as a list of source, secret and keys: of the triggers that
there are.
*/}}
{{- define "xerv.keda.authentications" -}}
{{- $triggers := (.Values.keda).triggers | default dict -}}
{{- $used := include "xerv.keda.triggers" . -}}
{{- $sources := dict
  "prometheus" ((.Values.keda).prometheus | default dict).authentication
  "redis" ($triggers.redisStreams | default dict).authentication
  "nats" ($triggers.natsJetstream | default dict).authentication -}}
{{- range $source, $authentication := $sources }}
{{- $keys := include "xerv.keda.secretKeys" (list $ $source $authentication) }}
{{- if and $keys (regexMatch (printf "(?m)^- type: %s" $source) $used) }}
- source: {{ $source }}
  secret: {{ ($authentication | default dict).existingSecret | default (include "xerv.keda.authenticationName" (list $ $source)) | quote }}
  keys:
    {{- $keys | nindent 4 }}
{{- end }}
{{- end }}
{{- end -}}
