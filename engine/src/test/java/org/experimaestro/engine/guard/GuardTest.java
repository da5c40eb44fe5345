package org.experimaestro.engine.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

final class GuardTest {
    private static void one() {
        throw new IllegalStateException("one");
    }

    private static void another() {
        throw new IllegalStateException("another");
    }

    @Test
    void run_mistakesOfTwoPlaces_areLoggedOnceEach() {
        List<String> logged = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord log) {
                logged.add(log.getThrown().getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger(Guard.class.getName());
        logger.addHandler(handler);
        try {
            Guard guard = new Guard("The test");
            for (int i = 0; i < 3; i++) {
                guard.run(GuardTest::one);
                guard.run(GuardTest::another);
            }
        } finally {
            logger.removeHandler(handler);
        }
        assertThat(logged).containsExactly("one", "another");
    }
}
