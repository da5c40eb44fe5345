package org.experimaestro.workspace.protocol;

/** A law that holds in every state of a model, as long as all rules are kept. */
enum Law {
    ONE_CLAIMANT("An attempt is granted to one process."),
    AT_ONCE("No two processes run the task of a job at once."),
    DONE_ONCE("A job is marked as done at most once."),
    NOT_AFTER_DONE("No attempt is claimed once the job is done."),
    LAST_IS_DONE("An attempt is not marked as done once there is a later one."),
    OUTPUTS("The attempt that is done was the last one to begin, so the files in the folder are its own."),
    TOKENS("No more of a token is held by valid leases than there is."),
    HOLDERS("No more processes use a token at once than it allows."),
    FENCED("A holder whose lease was taken away does not mark its job as done."),
    OUTPUTS_THERE("The outputs of a job that is done are in its folder, unless they count as removed."),
    FOUND_IS_THERE("A run that has found a job done finds the outputs when its own job reads them."),
    LAST_REMOVES("If no run that removes is killed, and no other run needs the outputs, the last one removes them."),
    ENDS("From every state, each process that does not crash can come to its end.");

    private final String text;

    Law(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
