# docker build -t fada . && docker run --rm fada serve --create-key backend
# docker run -p 8787:8787 -p 8788:8788 -e Fada__Auth__Keys__backend=HASH fada
# With a GPU: docker build --target cuda -t fada:cuda . && docker run --gpus all -p 8787:8787 -p 8788:8788 fada:cuda
# The target cuda was never built by its authors, who had no GPU: docs/gpu.md.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
RUN apt-get update && apt-get install -y --no-install-recommends npm && rm -rf /var/lib/apt/lists/*
COPY . .
RUN scripts/fetch-face-models && dotnet publish src/FADA.Realtime.Cli -c Release -o /fada

FROM build AS build-cuda
RUN apt-get update && apt-get install -y --no-install-recommends g++ && rm -rf /var/lib/apt/lists/*
RUN dotnet publish src/FADA.Realtime.Cli -c Release -p:FadaTorch=cuda -o /fada-cuda && scripts/build-cuda-shim /fada-cuda

# libtorch's package brings CUDA's libraries; from the base come the driver's hooks and a glibc and libstdc++ that fit.
FROM nvidia/cuda:12.8.1-base-ubuntu24.04 AS cuda
ENV DEBIAN_FRONTEND=noninteractive
RUN apt-get update && apt-get install -y --no-install-recommends \
      ca-certificates libssl3t64 \
      gstreamer1.0-plugins-base gstreamer1.0-plugins-good gstreamer1.0-plugins-bad gstreamer1.0-nice \
      ffmpeg espeak-ng \
    && rm -rf /var/lib/apt/lists/*
COPY --from=mcr.microsoft.com/dotnet/aspnet:10.0 /usr/share/dotnet /usr/share/dotnet
RUN ln -s /usr/share/dotnet/dotnet /usr/bin/dotnet
ENV ATEN_CPU_CAPABILITY=avx2 MALLOC_ARENA_MAX=2 FADA_HOME=/fada NVIDIA_DRIVER_CAPABILITIES=compute,utility
COPY --from=build-cuda /fada-cuda /fada
COPY --from=build /source/models /fada/models
COPY --from=build /source/.models /fada/.models
WORKDIR /fada
EXPOSE 8787 8788
ENTRYPOINT ["dotnet", "/fada/fada.dll"]
CMD ["serve", "--host", "0.0.0.0", "--device", "cuda"]

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
