param location string
param tags object
param suffix string
param storageAccountName string
param deploymentContainer string
param vaultName string
param tokenSecretName string
param applicationInsightsName string

@description('The most instances. Each serves up to 100 updates side by side.')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int = 40

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' existing = {
  name: storageAccountName
}

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' existing = {
  name: vaultName
}

resource applicationInsights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: applicationInsightsName
}

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: 'plan-azker-${suffix}'
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: 'func-azker-${suffix}'
  location: location
  tags: union(tags, { 'azd-service-name': 'bot' })
  kind: 'functionapp,linux'
  identity: { type: 'SystemAssigned' }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    siteConfig: { minTlsVersion: '1.2' }
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${account.properties.primaryEndpoints.blob}${deploymentContainer}'
          authentication: { type: 'SystemAssignedIdentity' }
        }
      }
      runtime: { name: 'dotnet-isolated', version: '10.0' }
      scaleAndConcurrency: {
        maximumInstanceCount: maximumInstanceCount
        instanceMemoryMB: 2048
      }
    }
  }

  // A deployment signs in with an identity, not with a password.
  resource scmPublishing 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }

  resource ftpPublishing 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }

  // The settings come after the roles, so that the first start can read the token and the storage account.
  resource settings 'config' = {
    name: 'appsettings'
    properties: {
      TELEGRAM_BOT_TOKEN: '@Microsoft.KeyVault(VaultName=${vault.name};SecretName=${tokenSecretName})'
      USE_WEBHOOK: 'true'
      WEBHOOK_URL: 'https://${app.properties.defaultHostName}'
      AzureWebJobsStorage__accountName: account.name
      AzureWebJobsStorage__credential: 'managedidentity'
      AzureWebJobsDisableHomepage: 'true'
      APPLICATIONINSIGHTS_CONNECTION_STRING: applicationInsights.properties.ConnectionString
    }
    dependsOn: [roles]
  }
}

module roles 'roles.bicep' = {
  name: 'roles-of-functions'
  params: {
    principalId: app.identity.principalId
    storageAccountName: storageAccountName
    vaultName: vaultName
    tokenSecretName: tokenSecretName
    queues: true
  }
}

output appName string = app.name
output url string = 'https://${app.properties.defaultHostName}'
