mkdir -p results_v2_final
for layers in 3 5; do
  for rate in 0.01 0.1; do
    folder=results_v2_final/layers${layers}_rate$rate
    [ -e "$folder/log.txt" ] && continue
    mkdir -p "$folder"
    sh train.sh --layers "$layers" --rate "$rate" --output "$folder" > "$folder/log.txt"
  done
done
grep accuracy results_v2_final/*/log.txt
