#!/bin/sh
#PBS -N learn
#PBS -S /bin/sh
#PBS -J 0-2%2
#PBS -j oe
#PBS -o /dev/null
#PBS -l select=1:ncpus=4:mem=16385mb:ngpus=2:gpu_type=a100:ib=True
#PBS -l place=exclhost
#PBS -l walltime=48:00:00
#PBS -A lab7
#PBS -W depend=afterok:12.server:13[].server
#PBS -l place=scatter
task=$PBS_ARRAY_INDEX
exec >> '/scratch/it'\''s 50%/learn'-$task.log 2>&1 < /dev/null
start=$(date +%s)
export EXPERIMAESTRO_END_COMMAND="(job=\$(qstat -f '$PBS_JOBID') || exit; printf '%s\\n' \"\$job\" | awk '/^ *Resource_List.walltime = / { split(\$3, t, /:/); print t[1] * 3600 + t[2] * 60 + t[3] + $start }')"
exec true
