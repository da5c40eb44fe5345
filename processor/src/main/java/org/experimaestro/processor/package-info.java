/** The annotation processor: readers (elements to model), checks, and writers (model to source). */
@NullMarked
package org.experimaestro.processor;

import org.jspecify.annotations.NullMarked;
