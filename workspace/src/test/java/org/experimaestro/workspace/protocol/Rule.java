package org.experimaestro.workspace.protocol;

/** A rule of the protocol. For each there is a model without it, which breaks a law. */
enum Rule {
    EXCLUSIVE_CLAIM(
            "One process creates `attempt-N.json`; all others find it taken.",
            "JobAttempts#tryToClaim",
            "a later writer replaces the file"),
    OVER_BEFORE_NEXT(
            "Attempt N + 1 is created only by a run that has seen that attempt N is over.",
            "JobAttempts#mayBeTaken",
            "a run takes the next number at once"),
    VOID_BEFORE_NEXT(
            "If the process of attempt N has not begun, the run creates `process-N.json` in its place, before it creates attempt N + 1.",
            "JobAttempts#declareVoid",
            "a run that finds the claimant gone creates attempt N + 1 at once"),
    BEGUN_AS_SEEN(
            "A process that begins after the run has looked counts as alive: its file is no reason to go on.",
            "JobAttempts#isOver",
            "a run takes any `process-N.json` that it finds as the one that it has looked at"),
    EXCLUSIVE_BEGIN(
            "One process creates `process-N.json`; all others end.",
            "Attempt#begin",
            "a later writer replaces the file"),
    PROCESS_BEFORE_MARKERS(
            "A reader looks at the process first, and at its markers afterwards.",
            "JobReconciler#begun",
            "a reader looks at the markers first"),
    LATER_ATTEMPT_COUNTS(
            "A process looks for a later attempt before it marks its job as done.",
            "Attempt#done",
            "a process that was stopped, and goes on, marks the job as done"),
    EXCLUSIVE_DONE(
            "One process creates `done.json`; all others find it taken.",
            "Attempt#done",
            "a later writer replaces the file"),
    HANDED_UNTIL_MARKED(
            "An attempt that a batch system has is over only when a marker says so.",
            "JobReconciler#handedOver",
            "a run takes an attempt as over when its process shows no sign of life"),
    VOID_BEFORE_ENDED(
            "A run that marks an attempt as ended, because the batch system reports so, first creates `process-N.json` in the place of its process.",
            "Attempt#refused",
            "the run creates `ended-N.json` at once"),
    BEGUN_SINCE_REPORT(
            "If the process has begun since the run looked, the attempt is not ended.",
            "AttemptCloser#write",
            "the run creates `ended-N.json` all the same"),
    LIVING_PROCESS_COUNTS(
            "A process that lives counts more than the report that it is gone.",
            "AttemptReconciler#reconcile",
            "the run believes the batch system"),
    BEGUN_BEFORE_REPORT(
            "The report that a process was seen to end counts only if that process had begun before the run asked.",
            "AttemptCloser#isOld",
            "the run believes a report that is older than the process"),
    FORMER_IS_GONE(
            "A process that the batch system has started again waits until the former one is gone.",
            "PreviousProcess#isGone",
            "the process goes on at once"),
    RESTART_AS_CLAIM(
            "A process that was started again takes the next attempt as a run does: only when the last one is over, or void.",
            "JobAttempts#claimAgain",
            "the process marks the last attempt as failed, whatever that attempt does"),
    RESTART_OF_ITS_OWN(
            "A process that was started again takes no attempt after one that another batch job has.",
            "JobAttempts#claimAgain",
            "the process takes the next attempt of any job that seems to be gone"),
    CHANGE_OF_WHAT_WAS_READ(
            "A change of the tokens applies to the state that was read: its file is created exclusively, with the next number.",
            "TokenFolder#change",
            "a process writes its change, whatever others have changed since it read"),
    ONLY_GONE_ARE_HEALED(
            "A share is taken away only from an owner that is gone: seen on its own host, or silent for the time of a lease.",
            "TokenDesk#living",
            "a process that waits takes the share of one that lives"),
    GONE_ARE_HEALED(
            "The share of an owner that is gone is taken away by those who wait.",
            "TokenDesk#living",
            "a share is given back by its owner only"),
    BEGUN_BY_A_CHANGE(
            "A job's process shows itself, and then changes the state of the tokens, before it uses its share.",
            "TokenFence#begin",
            "the process only looks whether it has its share, while another one has looked before it showed itself"),
    GIVEN_BACK_BEFORE_DONE(
            "A process gives its share back before it marks its job as done; if others have taken it away, the job is not done.",
            "TokenFence#giveBack",
            "a process that was stopped, and goes on, marks its job as done"),
    REMOVED_BEFORE_MOVED(
            "Outputs count as removed before the first file is moved: `done.json` gets another name.",
            "OutputRemoval#moveMarker",
            "the files are moved first"),
    REMOVAL_OVER_BEFORE_NEXT(
            "The attempt after a removal is created only when the claim of the removal is over.",
            "JobReconciler#removed",
            "a run makes the next attempt as soon as the outputs count as removed"),
    CLAIM_BEFORE_USERS(
            "A run that removes outputs claims the job, and looks for other runs that need them afterwards.",
            "OutputRemovals#remove",
            "the run looks first, and claims afterwards"),
    RECORD_BEFORE_STATE(
            "A run records that it needs a job, and looks at the job afterwards.",
            "LostOutputs#settled",
            "the run looks first, and records afterwards"),
    RECORD_SENT_BEFORE_STATE(
            "The record is with the file server before the run looks at the job: the file is closed after each line.",
            "RunFolder#append",
            "the host of the run sends the record when the run has looked"),
    DONE_LOOKED_AT_AGAIN(
            "A run that finds a job done, at its submission or when it has waited for the job, looks for the claim of a removal.",
            "RemovalWait#settled",
            "the run uses the outputs of a job that it finds done"),
    RELEASE_BEFORE_USERS(
            "A run records that it needs outputs no more, and looks for other runs that need them afterwards.",
            "OutputRemovals#remove",
            "the run looks first, and records afterwards");

    private final String text;
    private final String code;
    private final String mutation;

    Rule(String text, String code, String mutation) {
        this.text = text;
        this.code = code;
        this.mutation = mutation;
    }

    String text() {
        return text;
    }

    /** Returns the code that keeps the rule, as class and method. */
    String code() {
        return code;
    }

    /** Returns the behaviour of the model without the rule. */
    String mutation() {
        return mutation;
    }
}
