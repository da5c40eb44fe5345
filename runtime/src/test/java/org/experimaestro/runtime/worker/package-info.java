@NullMarked
package org.experimaestro.runtime.worker;

import org.jspecify.annotations.NullMarked;
