#!/bin/sh
# Stands for your program: prints an accuracy.
while [ $# -gt 0 ]; do
  case $1 in
    --layers) layers=$2 ;;
    --rate) rate=$2 ;;
    --output) output=$2 ;;
  esac
  shift 2
done
echo "layers $layers, rate $rate" > "$output/model.txt"
echo "accuracy 0.$((80 + layers * 2))"
