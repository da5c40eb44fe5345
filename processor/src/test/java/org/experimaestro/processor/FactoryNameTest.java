package org.experimaestro.processor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FactoryNameTest {

    @ParameterizedTest
    @CsvSource({
        "Adam, adam", "AwesomeModel, awesomeModel", "SGD, sgd", "MLPModel, mlpModel", "BM25, bm25", "L2Norm, l2Norm",
        "X, x", "lower, lower", "Switch, newSwitch", "Default, newDefault", "True, newTrue", "Yield, newYield",
        "Build, newBuild", "ToBuilder, newToBuilder", "Wait, newWait", "HashCode, newHashCode"
    })
    void of_className_isAMethodName(String className, String expected) {
        assertThat(FactoryName.of(className)).isEqualTo(expected);
    }
}
