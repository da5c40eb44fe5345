#!/bin/sh
#SBATCH --job-name=learn
#SBATCH --output=/scratch/ws/learn-0.log
#SBATCH --open-mode=append
#SBATCH --chdir=/scratch/ws
#SBATCH --partition=short
#SBATCH --nodes=1
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=1
#SBATCH --mem=400M
#SBATCH --time=0-00:02:00
task=0
job=$SLURM_JOB_ID
export EXPERIMAESTRO_RESTARTS="${SLURM_RESTART_COUNT:-0}"
export EXPERIMAESTRO_END_COMMAND="(end=\$(SLURM_TIME_FORMAT=%s squeue -h -o %e -j $job) || exit; case \$end in ''|*[!0-9]*) ;; *) echo \"\$end\" ;; esac)"
export EXPERIMAESTRO_STATE_COMMAND="(state=\$(SLURM_TIME_FORMAT=%s squeue -h -t all -O State:20,PreemptTime:30,Reason:60 -j $job) || exit; set -f; set -- \$state; case \$1,\$2,\$3 in BOOT_FAIL,*|NODE_FAIL,*|COMPLETING,*,NodeDown) echo NODE_FAILURE ;; CANCELLED,*) echo CANCELLED ;; COMPLETED,*) echo COMPLETED ;; DEADLINE,*|TIMEOUT,*|COMPLETING,*,DeadLine|COMPLETING,*,TimeLimit) echo TIME_LIMIT ;; FAILED,*) echo FAILED ;; OUT_OF_MEMORY,*|COMPLETING,*,OutOfMemory) echo MEMORY_LIMIT ;; PREEMPTED,*|COMPLETING,[0-9]*|RUNNING,[0-9]*) echo PREEMPTED ;; esac)"
exec true
