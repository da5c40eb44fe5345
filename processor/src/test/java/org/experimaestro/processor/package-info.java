@NullMarked
package org.experimaestro.processor;

import org.jspecify.annotations.NullMarked;
