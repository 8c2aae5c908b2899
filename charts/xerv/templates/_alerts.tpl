{{/*
The alerts by name: expression, for how long, severity, summary. Each expression gives nothing
where its metric is not there, and looks at the series of this release only. Only a metric that the
pods count from their start may be missing on one side, hence the `or … * 0`.
*/}}
{{- define "xerv.alerts" -}}
{{- $alerts := (.Values.monitoring).alerts | default dict -}}
{{- $s := include "xerv.metrics.selector" . -}}
{{- $window := $alerts.rateWindow | default "5m" -}}
{{- $by := "sum by (namespace, job)" -}}
{{- $failed := printf "%s (rate(xerv_failed_traces_total{%s}[%s]))" $by $s $window -}}
{{- $completed := printf "%s (rate(xerv_completed_traces_total{%s}[%s]))" $by $s $window -}}
{{- $nodes := printf "%s (rate(xerv_nodes_executed_total{%s}[%s]))" $by $s $window -}}
{{- $errors := printf "%s / (%s + (%s or %s * 0))" $failed $failed $completed $failed -}}
{{- $queue := printf "%s (xerv_dispatch_queue_depth{%s})" $by $s -}}
{{- $arena := printf "sum by (namespace, job, instance, pod) (xerv_arena_size_bytes{%s})" $s -}}
{{- $slow := printf "histogram_quantile(0.95, sum by (namespace, job, le) (rate(xerv_trace_duration_seconds_bucket{%s}[%s])))" $s $window -}}
{{- $stuck := printf "%s (xerv_pending_traces{%s}) > 0 unless (%s > 0 or %s > 0 or %s > 0)" $by $s $completed $failed $nodes -}}
{{- include "xerv.alert" (list . "XervHighErrorRate" $errors "errorRateThreshold" 0.05 "errorRateDuration" "warning" "{{ $value | humanizePercentage }} of traces fail") }}
{{- include "xerv.alert" (list . "XervCriticalErrorRate" $errors "criticalErrorRateThreshold" 0.2 "criticalErrorRateDuration" "critical" "{{ $value | humanizePercentage }} of traces fail") }}
{{- include "xerv.alert" (list . "XervQueueDepthHigh" $queue "queueDepthWarning" 100 "queueDepthDuration" "warning" "{{ $value }} traces wait in the dispatch queue") }}
{{- include "xerv.alert" (list . "XervQueueDepthCritical" $queue "queueDepthCritical" 500 "queueDepthCriticalDuration" "critical" "{{ $value }} traces wait in the dispatch queue") }}
{{- if include "xerv.isRaft" . }}
{{- include "xerv.alert" (list . "XervRaftLeaderMissing" (printf "%s (xerv_raft_leader{%s}) == 0" $by $s) "" 0 "raftLeaderMissingDuration" "critical" "no raft member is the leader") }}
{{- /* A change of the leader changes two series: that of the old one and that of the new one. */ -}}
{{- include "xerv.alert" (list . "XervRaftLeaderFlapping" (printf "%s (changes(xerv_raft_leader{%s}[15m])) / 2" $by $s) "raftLeaderFlappingThreshold" 3 "raftLeaderFlappingDuration" "warning" "the raft leader changed {{ $value }} times in 15 minutes") }}
{{- end }}
{{- include "xerv.alert" (list . "XervArenaStorageHigh" $arena "arenaSizeWarning" 1073741824 "arenaSizeDuration" "warning" "the arena of {{ $labels.pod }} holds {{ $value | humanize1024 }}B") }}
{{- include "xerv.alert" (list . "XervArenaStorageCritical" $arena "arenaSizeCritical" 4294967296 "arenaSizeCriticalDuration" "critical" "the arena of {{ $labels.pod }} holds {{ $value | humanize1024 }}B") }}
{{- include "xerv.alert" (list . "XervSlowTraceExecution" $slow "slowTraceThreshold" 30 "slowTraceDuration" "warning" "5 of 100 traces take longer than {{ $value | humanizeDuration }}") }}
{{- include "xerv.alert" (list . "XervNoTracesProcessed" $stuck "" 0 "noTracesProcessedDuration" "critical" "{{ $value }} traces wait and none is worked on") }}
{{- include "xerv.alert" (list . "XervInstanceDown" (include "xerv.alerts.down" .) "" 0 "instanceDownDuration" "critical" "an instance does not answer, or none is scraped") }}
{{- end -}}

{{/*
Where all replicas may go by intention, no instance at all is no fault. One of the canary does not
stand for them.
*/}}
{{- define "xerv.alerts.down" -}}
{{- $s := include "xerv.metrics.selector" . -}}
{{- $stable := include "xerv.linkerd.isSplit" . | empty | ternary $s (printf "%s,xerv_io_track=\"\"" $s) -}}
up{ {{- $s -}} } == 0{{ if gt (include "xerv.minReplicas" . | int) 0 }} or absent(up{ {{- $stable -}} }){{ end -}}
{{- end -}}

{{/* (list $ name expression threshold-key default duration-key severity summary) */}}
{{- define "xerv.alert" -}}
{{- $root := index . 0 -}}
{{- $name := index . 1 -}}
{{- $alerts := ($root.Values.monitoring).alerts | default dict -}}
{{- $expression := index . 2 -}}
{{- if index . 3 -}}
{{- /* `default` would take a threshold of 0 for none. */ -}}
{{- $limit := hasKey $alerts (index . 3) | ternary (get $alerts (index . 3)) (index . 4) -}}
{{- $expression = printf "%s > %s" $expression (include "xerv.string" $limit) -}}
{{- end -}}
{{- if not (has $name ($alerts.disabled | default list)) }}
- alert: {{ $name }}
  expr: {{ $expression | quote }}
  for: {{ get $alerts (index . 5) | default "5m" }}
  labels:
    {{- include "xerv.stringMap" (list (dict "severity" (index . 6)) $alerts.ruleLabels) | nindent 4 }}
  annotations:
    summary: {{ printf "XERV %s in %s: %s" $root.Release.Name $root.Release.Namespace (index . 7) | quote }}
    {{- with include "xerv.alert.runbook" (list $alerts $name) }}
    {{- . | nindent 4 }}
    {{- end }}
{{- end }}
{{- end -}}

{{- define "xerv.alert.runbook" -}}
{{- $place := printf "#%s" (index . 1 | lower) -}}
{{- with (index . 0).runbookUrl -}}
runbook_url: {{ printf "%s%s" . $place | quote }}
{{- end -}}
{{- end -}}
