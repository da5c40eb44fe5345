package org.experimaestro.processor;

import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;

/**
 * An annotation processor that refuses configuration types that are local to a method. Compilers do not show the
 * annotations of these types. Therefore it must read all sources, so it supports, but does not claim, all
 * annotations.
 */
@SupportedAnnotationTypes("*")
public final class LocalTypeProcessor extends AbstractProcessor {
    /** Creates the processor. The compiler calls it, which finds the processor as a service. */
    public LocalTypeProcessor() {}

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        LocalTypes.check(processingEnv, round);
        return false;
    }
}
