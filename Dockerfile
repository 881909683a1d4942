# One image for each program: --target server, fakeworkos or demo. The last stage, and so the default, is the server.
FROM mcr.microsoft.com/dotnet/sdk:10.0-noble AS source
# CI=true makes restore refuse whatever is not in the lock files; ContinuousIntegrationBuild keeps this machine's paths out.
ENV CI=true ContinuousIntegrationBuild=true DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
WORKDIR /source
COPY .editorconfig BannedSymbols.txt Directory.Build.props Directory.Packages.props global.json ./
COPY src/ExtAuthz.Domain/*.csproj src/ExtAuthz.Domain/packages.lock.json src/ExtAuthz.Domain/
COPY src/ExtAuthz.Server/*.csproj src/ExtAuthz.Server/packages.lock.json src/ExtAuthz.Server/
COPY demo/ExtAuthz.Edge/*.csproj demo/ExtAuthz.Edge/packages.lock.json demo/ExtAuthz.Edge/
COPY demo/ExtAuthz.FakeWorkOS/*.csproj demo/ExtAuthz.FakeWorkOS/packages.lock.json demo/ExtAuthz.FakeWorkOS/
COPY demo/ExtAuthz.Demo/*.csproj demo/ExtAuthz.Demo/packages.lock.json demo/ExtAuthz.Demo/
RUN dotnet restore src/ExtAuthz.Server \
 && dotnet restore demo/ExtAuthz.FakeWorkOS \
 && dotnet restore demo/ExtAuthz.Demo
COPY . .

FROM source AS publish-server
RUN dotnet publish src/ExtAuthz.Server --configuration Release --no-restore --output /app -p:UseAppHost=false

FROM source AS publish-fakeworkos
RUN dotnet publish demo/ExtAuthz.FakeWorkOS --configuration Release --no-restore --output /app -p:UseAppHost=false

FROM source AS publish-demo
RUN dotnet publish demo/ExtAuthz.Demo --configuration Release --no-restore --output /app -p:UseAppHost=false

# Chiseled: no shell, no package manager, not root. The programs choose their own ports; diagnostics would write to /tmp.
FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled AS runtime
ENV ASPNETCORE_HTTP_PORTS= DOTNET_EnableDiagnostics=0
WORKDIR /app
USER $APP_UID

FROM runtime AS fakeworkos
COPY --from=publish-fakeworkos /app .
EXPOSE 4100
ENTRYPOINT ["dotnet", "ExtAuthz.FakeWorkOS.dll"]

FROM runtime AS demo
COPY --from=publish-demo /app .
EXPOSE 9002
ENTRYPOINT ["dotnet", "ExtAuthz.Demo.dll"]

FROM runtime AS server
COPY --from=publish-server /app .
EXPOSE 9001
ENTRYPOINT ["dotnet", "ExtAuthz.Server.dll"]
