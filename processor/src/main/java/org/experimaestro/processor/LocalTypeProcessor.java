package org.experimaestro.processor;

import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;

/**
 * Refuses configuration types that are local to a method. A processor of its own, since compilers do not show the
 * annotations of these: it has to look at all sources, and so supports, but does not claim, all annotations.
 */
@SupportedAnnotationTypes("*")
public final class LocalTypeProcessor extends AbstractProcessor {
    /** For the compiler, which finds the processor as a service. */
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
