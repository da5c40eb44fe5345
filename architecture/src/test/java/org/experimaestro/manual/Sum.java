package org.experimaestro.manual;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.experimaestro.ConfigType;
import org.experimaestro.ContinueException;
import org.experimaestro.Resumable;
import org.experimaestro.SelfTask;
import org.experimaestro.TaskContext;

/**
 * The example of docs/task-api.md: adds up numbers, and goes on in a later attempt where its time ran out.
 *
 * @param count the last number
 */
@ConfigType("manual.sum")
public record Sum(long count) implements SelfTask<Sum>, Resumable {
    private static final Duration MARGIN = Duration.ofMinutes(5);

    @Override
    public void execute(TaskContext context) throws IOException {
        Path checkpoint = context.folder().resolve("checkpoint.txt");
        long number = 0;
        long sum = 0;
        if (Files.exists(checkpoint)) {
            String[] saved = Files.readString(checkpoint).split(" ");
            number = Long.parseLong(saved[0]);
            sum = Long.parseLong(saved[1]);
        }
        while (number < count) {
            if (context.isLimitNear(MARGIN)) {
                Files.writeString(checkpoint, number + " " + sum);
                throw new ContinueException("after " + number + " of " + count);
            }
            number++;
            sum += number;
            context.progress((double) number / count);
        }
        context.metric("sum", sum);
    }
}
