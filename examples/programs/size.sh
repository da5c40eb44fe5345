echo "bytes=$(($(wc -c <"$1")))" >>"$EXPERIMAESTRO_MEASUREMENTS"
