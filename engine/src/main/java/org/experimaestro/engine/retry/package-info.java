/** The decision whether a job that has failed is tried again, and with which requirement. */
@NullMarked
package org.experimaestro.engine.retry;

import org.jspecify.annotations.NullMarked;
