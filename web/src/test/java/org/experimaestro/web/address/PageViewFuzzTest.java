package org.experimaestro.web.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.experimaestro.disturbance.fuzz.Fuzz;
import org.junit.jupiter.api.Test;

class PageViewFuzzTest {
    @Test
    void parse_anyText_isReadAndPrintedOrOfNoScreen() {
        Fuzz.of("address")
                .seeds(
                        "/x/bm25-grid/latest/jobs?q=state=failed+k1%3E0.6&by=type,k1&open=a&open=b&cols=&sel=06ad686d",
                        "/x/grid/latest/job/ir.search/06ad686d?attempt=1&stream=err&find=No+space&line=2407",
                        "/compare?jobs=041be7c1,06d291f7&show=logs",
                        "/types/ir.search")
                .words("/x/", "/jobs", "/table", "?", "&", "=", "%", "%C3%A9", "%2C", "+", "rows=", "ci=", "best=")
                .text(text -> {
                    Optional<PageView> read = PageView.parse(text);
                    read.ifPresent(
                            view -> assertThat(PageView.parse(view.address())).contains(view));
                });
    }
}
