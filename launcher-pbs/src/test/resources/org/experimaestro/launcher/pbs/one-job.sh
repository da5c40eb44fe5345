#!/bin/sh
#PBS -N learn
#PBS -S /bin/sh
#PBS -j oe
#PBS -o /dev/null
#PBS -q workq
#PBS -l select=1:ncpus=1:mem=400mb
#PBS -l walltime=00:01:30
task=0
exec >> '/scratch/ws/learn'-$task.log 2>&1 < /dev/null
start=$(date +%s)
export EXPERIMAESTRO_END_COMMAND="(job=\$(qstat -f '$PBS_JOBID') || exit; printf '%s\\n' \"\$job\" | awk '/^ *Resource_List.walltime = / { split(\$3, t, /:/); print t[1] * 3600 + t[2] * 60 + t[3] + $start }')"
exec true
