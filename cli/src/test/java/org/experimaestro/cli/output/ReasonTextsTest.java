package org.experimaestro.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.experimaestro.monitor.reason.Reason;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReasonTextsTest {
    @Test
    void json_thousandHolders_namesTheFirstAndHasTheirNumber() {
        List<String> holders =
                IntStream.range(0, 1000).mapToObj(i -> "a.learn/" + i).toList();

        Map<String, @Nullable Object> json =
                ReasonTexts.json(Reason.of(Reason.Kind.PLACE, "1000 of 1000 places are taken", holders, "wait"));

        assertThat(json.get("jobs")).isEqualTo(holders.subList(0, 20));
        assertThat(json.get("jobsTotal")).isEqualTo(1000);
    }
}
