# docker build -t fada . && docker run --rm fada serve --create-key backend
# docker run -p 8787:8787 -p 8788:8788 -e Fada__Auth__Keys__backend=HASH fada
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
RUN apt-get update && apt-get install -y --no-install-recommends npm && rm -rf /var/lib/apt/lists/*
COPY . .
RUN scripts/fetch-face-models && dotnet publish src/FADA.Realtime.Cli -c Release -o /fada

FROM mcr.microsoft.com/dotnet/aspnet:10.0
RUN apt-get update && apt-get install -y --no-install-recommends \
      gstreamer1.0-plugins-base gstreamer1.0-plugins-good gstreamer1.0-plugins-bad gstreamer1.0-nice \
      ffmpeg espeak-ng \
    && rm -rf /var/lib/apt/lists/*
ENV ATEN_CPU_CAPABILITY=avx2 MALLOC_ARENA_MAX=2 FADA_HOME=/fada
COPY --from=build /fada /fada
COPY --from=build /source/models /fada/models
COPY --from=build /source/.models /fada/.models
WORKDIR /fada
EXPOSE 8787 8788
ENTRYPOINT ["dotnet", "/fada/fada.dll"]
CMD ["serve", "--host", "0.0.0.0"]
