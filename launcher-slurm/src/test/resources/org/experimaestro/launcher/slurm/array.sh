#!/bin/sh
#SBATCH --job-name=learn
#SBATCH --array=0-2%2
#SBATCH --output=/scratch/ws/learn-%a.log
#SBATCH --open-mode=append
#SBATCH --chdir=/scratch/ws
#SBATCH --constraint=ib
#SBATCH --exclusive
#SBATCH --nodes=1
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=4
#SBATCH --mem=16384M
#SBATCH --time=2-00:00:00
#SBATCH --gres=gpu:large:2
#SBATCH --account="lab 7"
#SBATCH --dependency=afterok:12:13_4
#SBATCH --kill-on-invalid-dep=yes
#SBATCH --hint=nomultithread
task=$SLURM_ARRAY_TASK_ID
job=${SLURM_ARRAY_JOB_ID}_$task
export EXPERIMAESTRO_RESTARTS="${SLURM_RESTART_COUNT:-0}"
export EXPERIMAESTRO_END_COMMAND="(end=\$(SLURM_TIME_FORMAT=%s '/opt/slurm bin/squeue' -h -o %e -j $job) || exit; case \$end in ''|*[!0-9]*) ;; *) echo \"\$end\" ;; esac)"
export EXPERIMAESTRO_STATE_COMMAND="(state=\$(SLURM_TIME_FORMAT=%s '/opt/slurm bin/squeue' -h -t all -O State:20,PreemptTime:30,Reason:60 -j $job) || exit; set -f; set -- \$state; case \$1,\$2,\$3 in BOOT_FAIL,*|NODE_FAIL,*|COMPLETING,*,NodeDown) echo NODE_FAILURE ;; CANCELLED,*) echo CANCELLED ;; COMPLETED,*) echo COMPLETED ;; DEADLINE,*|TIMEOUT,*|COMPLETING,*,DeadLine|COMPLETING,*,TimeLimit) echo TIME_LIMIT ;; FAILED,*) echo FAILED ;; OUT_OF_MEMORY,*|COMPLETING,*,OutOfMemory) echo MEMORY_LIMIT ;; PREEMPTED,*|COMPLETING,[0-9]*|RUNNING,[0-9]*) echo PREEMPTED ;; esac)"
case $task in
0) cd '/ws/a b' ;;
*) cd /ws ;;
esac
exec true
