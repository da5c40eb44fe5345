/**
 * File names given so that of several processes, on whatever hosts, one succeeds; and files and folders that are believed only
 * if nobody else can have put them there.
 */
@NullMarked
package org.experimaestro.base.file;

import org.jspecify.annotations.NullMarked;
