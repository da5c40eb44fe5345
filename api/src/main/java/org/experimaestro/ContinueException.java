package org.experimaestro;

/**
 * Ends an attempt at a {@link Resumable} task early, so that the job goes on in another attempt, for example when its
 * time is nearly over. The attempt is no failure: the run starts the next one at once, and no retry is counted. The jobs
 * that depend on this one wait.
 *
 * <p>The next attempt goes on from the files in the job's folder. Therefore a task that has changed none of them fails
 * when it throws this exception, because the next attempt would get no further. So does a task that is not
 * {@link Resumable}.
 *
 * <p>{@snippet :
 * if (context.isLimitNear(Duration.ofMinutes(5))) {
 *     model.write(context.folder().resolve("checkpoint"));
 *     throw new ContinueException("after epoch " + epoch);
 * }
 * }
 */
public final class ContinueException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * Creates the request to go on later.
     *
     * @param progress a few words for people about how far the task is
     */
    public ContinueException(String progress) {
        super(progress);
    }
}
