{{/* The trigger on the work that waits in the backend; none where KEDA could not read it. */}}
{{- define "xerv.keda.backendTrigger" -}}
{{- $triggers := (.Values.keda).triggers | default dict -}}
{{- $backend := include "xerv.backend" . -}}
{{- if eq $backend "redis" -}}
{{- if and ($triggers.redisStreams).enabled (.Values.dispatch.redis).useStreams -}}
{{- include "xerv.keda.redisTrigger" . -}}
{{- end -}}
{{- else if eq $backend "nats" -}}
{{- if and ($triggers.natsJetstream).enabled (.Values.dispatch.nats).useJetstream -}}
{{- include "xerv.keda.natsTrigger" . -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "xerv.keda.redisTrigger" -}}
{{- $trigger := .Values.keda.triggers.redisStreams -}}
{{- $url := include "xerv.keda.backendUrl" . | fromYaml -}}
{{- $type := $trigger.type | default "redis-streams" -}}
{{- $address := $trigger.address | default $url.address -}}
{{- $metadata := dict
  "stream" ($trigger.stream | default "xerv:dispatch:traces")
  "consumerGroup" (.Values.dispatch.redis.consumerGroup | default "xerv-workers")
  "lagCount" ($trigger.lagCount | default 10) -}}
{{- if $address }}{{ $_ := set $metadata (eq $type "redis-streams" | ternary "address" "addresses") $address }}{{ end -}}
{{- if eq $url.scheme "rediss" }}{{ $_ := set $metadata "enableTLS" "true" }}{{ end -}}
{{- if regexMatch "^[1-9][0-9]*$" (include "xerv.string" $url.path) }}{{ $_ := set $metadata "databaseIndex" $url.path }}{{ end -}}
{{- if $trigger.activationLagCount }}{{ $_ := set $metadata "activationLagCount" $trigger.activationLagCount }}{{ end -}}
{{- $fromSecret := include "xerv.keda.secretKeys" (list . "redis" $trigger.authentication) | fromYaml -}}
{{- if or $address $fromSecret.address $fromSecret.addresses $fromSecret.host $fromSecret.hosts }}
- type: {{ $type }}
  name: redisStreams
  metadata:
    {{- include "xerv.stringMap" (list $trigger.metadata $metadata) | nindent 4 }}
  {{- with include "xerv.keda.authenticationRef" (list . "redis" $trigger.authentication) }}
  {{- . | nindent 2 }}
  {{- end }}
{{- end -}}
{{- end -}}

{{- define "xerv.keda.natsTrigger" -}}
{{- $trigger := .Values.keda.triggers.natsJetstream -}}
{{- $url := include "xerv.keda.backendUrl" . | fromYaml -}}
{{- $endpoint := $trigger.monitoringEndpoint | default ($url.host | empty | ternary "" (printf "%s:8222" $url.host)) -}}
{{- $metadata := dict
  "account" ($trigger.account | default "$G")
  "stream" (.Values.dispatch.nats.streamName | default "XERV_TRACES")
  "consumer" $trigger.consumer
  "lagThreshold" ($trigger.lagThreshold | default 10) -}}
{{- if $endpoint }}{{ $_ := set $metadata "natsServerMonitoringEndpoint" $endpoint }}{{ end -}}
{{- if $trigger.activationLagThreshold }}{{ $_ := set $metadata "activationLagThreshold" $trigger.activationLagThreshold }}{{ end -}}
{{- $fromSecret := include "xerv.keda.secretKeys" (list . "nats" $trigger.authentication) | fromYaml -}}
{{- if and $trigger.consumer (or $endpoint $fromSecret.natsServerMonitoringEndpoint) }}
- type: nats-jetstream
  name: natsJetstream
  metadata:
    {{- include "xerv.stringMap" (list $trigger.metadata $metadata) | nindent 4 }}
  {{- with include "xerv.keda.authenticationRef" (list . "nats" $trigger.authentication) }}
  {{- . | nindent 2 }}
  {{- end }}
{{- end -}}
{{- end -}}

{{/*
What the (first) URL of the backend says, as a map; all of it empty where the URL is in a Secret.
The parts of a URL with a password never go through urlParse, whose errors would show it.
*/}}
{{- define "xerv.keda.backendUrl" -}}
{{- $backend := include "xerv.backend" . -}}
{{- $server := get .Values.dispatch $backend | default dict -}}
{{- $url := $server.existingSecret | empty | ternary ($server.url | default "") "" | splitList "," | first | trim -}}
{{- $form := "^([a-z]+)://(?:([^/?#]*)@)?(\\[[^\\]]*\\]|[^:/?#@]*)(?::([0-9]*))?/?([^?#]*).*$" -}}
{{- if regexMatch $form $url -}}
{{- $host := include "xerv.keda.host" (list . (regexReplaceAll $form $url "${3}")) -}}
{{- $user := regexReplaceAll $form $url "${2}" -}}
scheme: {{ regexReplaceAll $form $url "${1}" | quote }}
host: {{ $host | quote }}
address: {{ printf "%s:%s" $host (regexReplaceAll $form $url "${4}" | default "6379") | quote }}
path: {{ regexReplaceAll $form $url "${5}" | quote }}
username: {{ include "xerv.keda.unescape" (regexReplaceAll ":.*" $user "") | quote }}
password: {{ include "xerv.keda.unescape" (regexReplaceAll "^[^:]*:?" $user "") | quote }}
{{- end -}}
{{- end -}}

{{/* KEDA looks a name up from its own namespace: a Service of this one needs it in its name. */}}
{{- define "xerv.keda.host" -}}
{{- $host := index . 1 -}}
{{- if regexMatch "^[^.:\\[]+$" $host -}}
{{ $host }}.{{ (index . 0).Release.Namespace }}.svc.{{ (index . 0).Values.clusterDomain | default "cluster.local" }}
{{- else }}{{ $host }}{{ end -}}
{{- end -}}

{{/* Text without its percent signs; what urlParse would refuse is left as it is. */}}
{{- define "xerv.keda.unescape" -}}
{{- if regexMatch "^([!-$&-~]|%[0-9A-Fa-f]{2})*$" . -}}
{{- (urlParse (printf "http://x/%s" (. | replace "?" "%3F" | replace "#" "%23"))).path | trimPrefix "/" -}}
{{- else }}{{ . }}{{ end -}}
{{- end -}}

{{/* Why there is no trigger on the work in the backend, and what to set; nothing where there is one. */}}
{{- define "xerv.keda.missingTrigger" -}}
{{- $backend := include "xerv.backend" . -}}
{{- if include "xerv.keda.backendTrigger" . | trim -}}
{{- else if eq $backend "redis" -}}
{{- if and (((.Values.keda).triggers).redisStreams).enabled (.Values.dispatch.redis).useStreams -}}
keda does not see the work in Redis, whose URL is in a Secret: set keda.triggers.redisStreams.address, and authentication if it has a password.
{{- end -}}
{{- else if eq $backend "nats" -}}
{{- if and (((.Values.keda).triggers).natsJetstream).enabled (.Values.dispatch.nats).useJetstream -}}
keda does not see the work in NATS: set keda.triggers.natsJetstream.consumer to a durable consumer that the replicas share{{ (.Values.dispatch.nats).existingSecret | empty | ternary "" ", and monitoringEndpoint" }}.
{{- end -}}
{{- end -}}
{{- end -}}
