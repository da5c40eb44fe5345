package org.experimaestro.loader.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BuilderAdviceTest {

    @Test
    void of_errorsOfABuild_namesTheTypeOfTheFirstMissingBuilder() {
        assertThat(BuilderAdvice.of(List.of(
                        "/p/Plan.java:[6,9] cannot find symbol\n    symbol:   variable Net_AdamBuilder\n    location: class Plan",
                        "/p/Plan.java:[7,9] cannot find symbol\n    symbol:   class SgdBuilder")))
                .isEqualTo("annotate Net.Adam with @ConfigType: Net_AdamBuilder is generated for configuration types");
    }

    @Test
    void of_errorsAboutOtherThings_isNothing() {
        assertThat(BuilderAdvice.of(List.of(
                        "/p/Plan.java:[6,9] cannot find symbol\n    symbol:   method setBuilder(int)",
                        "/p/Plan.java:[7,9] cannot find symbol\n    symbol:   class Builder",
                        "/p/Plan.java:[8,9] incompatible types: int cannot be converted to AdamBuilder")))
                .isNull();
    }
}
