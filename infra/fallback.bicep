param location string
param tags object
param suffix string
param image string
param webhookUrl string
param storageAccountName string
param vaultName string
param tokenSecretName string
param applicationInsightsName string
param workspaceName string

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' existing = {
  name: vaultName

  resource token 'secrets' existing = {
    name: tokenSecretName
  }
}

resource applicationInsights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: applicationInsightsName
}

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' existing = {
  name: workspaceName
}

// An identity of its own, because a container app needs the role before it exists: it reads the token at its creation.
resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: 'id-azker-fallback-${suffix}'
  location: location
  tags: tags
}

module roles 'roles.bicep' = {
  name: 'roles-of-fallback'
  params: {
    principalId: identity.properties.principalId
    storageAccountName: storageAccountName
    vaultName: vaultName
    tokenSecretName: tokenSecretName
    queues: false
  }
}

resource environment 'Microsoft.App/managedEnvironments@2024-03-01' = {
  name: 'cae-azker-${suffix}'
  location: location
  tags: tags
  properties: {
    appLogsConfiguration: {
      destination: 'log-analytics'
      logAnalyticsConfiguration: {
        customerId: workspace.properties.customerId
        sharedKey: workspace.listKeys().primarySharedKey
      }
    }
  }
}

resource app 'Microsoft.App/containerApps@2024-03-01' = {
  name: 'ca-azker-fallback'
  location: location
  tags: tags
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identity.id}': {} }
  }
  dependsOn: [roles]
  properties: {
    environmentId: environment.id
    configuration: {
      activeRevisionsMode: 'Single'
      secrets: [{ name: 'telegram-bot-token', keyVaultUrl: vault::token.properties.secretUri, identity: identity.id }]
    }
    template: {
      // Above SHUTDOWN_TIMEOUT (25 s), so that a stop finishes the updates in flight.
      terminationGracePeriodSeconds: 40
      // A fallback receives no request that could wake it, so one always runs.
      scale: { minReplicas: 1, maxReplicas: 1 }
      containers: [
        {
          name: 'fallback'
          image: image
          resources: { cpu: json('0.25'), memory: '0.5Gi' }
          env: [
            { name: 'TELEGRAM_BOT_TOKEN', secretRef: 'telegram-bot-token' }
            { name: 'USE_WEBHOOK', value: 'true' }
            { name: 'WEBHOOK_URL', value: webhookUrl }
            { name: 'HEALTH_LISTEN', value: '8080' }
            { name: 'LOG_FORMAT', value: 'json' }
            { name: 'AzureWebJobsStorage__accountName', value: storageAccountName }
            { name: 'AzureWebJobsStorage__credential', value: 'managedidentity' }
            { name: 'AzureWebJobsStorage__clientId', value: identity.properties.clientId }
            { name: 'APPLICATIONINSIGHTS_CONNECTION_STRING', value: applicationInsights.properties.ConnectionString }
          ]
          probes: [
            { type: 'Startup', httpGet: { path: '/health/live', port: 8080 }, periodSeconds: 2, failureThreshold: 45 }
            { type: 'Liveness', httpGet: { path: '/health/live', port: 8080 }, periodSeconds: 10, failureThreshold: 6 }
            { type: 'Readiness', httpGet: { path: '/health/ready', port: 8080 }, periodSeconds: 5, failureThreshold: 3 }
          ]
        }
      ]
    }
  }
}
